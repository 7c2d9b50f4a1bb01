# A telephone number said in words.
吴师傅: 金色春天7号楼602想请人擦窗户
> 单号 {A}
吴师傅: 一三九零零零零八八八八
陈桥甲: 派单 {A} 陈桥乙
陈桥乙: 我的单
> {A} | 13900008888
orders: 1
