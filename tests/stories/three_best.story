# Without a name: three are offered, one is chosen.
王阿姨: 金色春天3号楼2单元501，水龙头坏了，想请人来修，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A}
> 1. | 2. | 3. | 党员一
陈桥甲: 第一个
order {A}: offered
orders: 1
