# Chosen by number, taken back, given to staff.
王阿姨: 金色春天3号楼2单元501，水龙头坏了，想请人来修，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A}
> 1.
陈桥甲: ②
order {A}: offered
陈桥甲: 撤销
order {A}: submitted
陈桥甲: 派单 {A} 陈桥乙
order {A}: accepted by:陈桥乙
told 王阿姨: {A} | 陈桥乙
