# Nobody answers the invitation: staff hear of it.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
~ 4 days
order {A}: submitted
党员一: 行
order {A}: submitted
orders: 1
