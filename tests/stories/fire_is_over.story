# A fire, an address, and the word that it is over: one order.
李大爷: 厨房着火了
> 119 | 单号 {A}
李大爷: 金色春天3号楼2单元501
> {A}
李大爷: 1
李大爷: 火灭了，没事了
order {A}: emergency U0
told 陈桥甲: {A}
orders: 1
