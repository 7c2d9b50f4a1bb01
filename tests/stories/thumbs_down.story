# A thumb is an answer too.
李大爷: 金色春天5号楼2单元楼道灯不亮，电话13900001235
> 单号 {A}
陈桥甲: 派单 {A} 陈桥乙
陈桥乙: 完成 {A} 换了灯
李大爷: 👎
order {A}: accepted by:陈桥乙
told 陈桥乙: {A}
陈桥乙: 完成 {A} 换了灯座
李大爷: 👍
order {A}: closed confirmed
orders: 1
