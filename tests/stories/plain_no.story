# A plain no is a no, and staff hear of it.
王阿姨: 金色春天3号楼2单元501灯泡坏了，想请人换一下，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 没空
order {A}: submitted
told 陈桥甲: {A} | 党员一
陈桥甲: 派单 {A} 党员二
党员二: 去不了，在外地
order {A}: submitted
陈桥甲: 派单 {A} 党员三
党员三: 可以
order {A}: accepted by:党员三
orders: 1
