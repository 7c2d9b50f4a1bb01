# One digit wrong reaches nobody's order.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 1234560
order {A}: offered
王阿姨: 撤回 1234560
order {A}: offered
orders: 1
