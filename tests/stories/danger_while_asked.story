# Danger in place of an answer.
李大爷: 金色春天5号楼2单元楼道灯不亮，电话13900001235
> 单号 {A}
陈桥甲: 追问 {A} 几楼到几楼？
李大爷: 先别管灯了，厨房着火了
> 119 | 单号 {B}
order {B}: emergency U0
orders: 2
