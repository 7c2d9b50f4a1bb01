# "Take your time" is no withdrawal.
李大爷: 金色春天5号楼2单元楼道灯不亮，电话13900001235
> 单号 {A}
李大爷: 不用急，慢慢来
order {A}: submitted
陈桥甲: 派单 {A} 陈桥乙
order {A}: accepted by:陈桥乙
orders: 1
