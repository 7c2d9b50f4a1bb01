# Voice input without a single mark, from request to thanks.
吴师傅: 喂你好我是金色春天七号楼三单元六零二的那个水龙头一直在滴水想请个人来看看电话是一三九零零零零八八八八
> 单号 {A}
order {A}: submitted wish 0102
陈桥甲: 派单 {A} 党员一
党员一: 好的我去
order {A}: accepted by:党员一
党员一: 修好了
order {A}: done
吴师傅: 嗯好了不漏了谢谢
order {A}: closed confirmed
orders: 1
