# A member reports something of his own, is invited meanwhile, and says yes: it answers the invitation.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
党员一: 我家纱窗破了想请人补
> 单号 {B}
陈桥甲: 派单 {A} 党员一
党员一: 中，我去
order {A}: accepted by:党员一
order {B}: submitted
orders: 2
