# A helper on the way sees somebody fall.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 路上有个老人晕倒了叫不醒
> 120 | 单号 {B}
order {B}: emergency U0 0810
order {A}: offered
