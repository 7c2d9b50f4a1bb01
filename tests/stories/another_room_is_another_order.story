# 上次换的好着，厨房的又坏了：是另一件事
# A fault of a room that the finished order does not name leaves it confirmed, and is an order of its own; of the same room it is opened again.
王阿姨: 金色春天3号楼2单元501想请人换灯泡，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 行
党员一: 弄好了
王阿姨: 昨天换的灯泡不错，今天厨房的又不亮了
> {A} 已办结 | 单号 {B}
order {A}: closed confirmed
order {B}: submitted wish 0102
李大爷: 金色春天3号楼1单元201厨房灯泡坏了想请人换，电话13900001235
> 单号 {C}
陈桥甲: 派单 {C} 党员二
党员二: 行
党员二: 弄好了
李大爷: 昨天换的灯泡不错，今天厨房的又不亮了
> {C} 已重新办理
order {C}: accepted
orders: 3
