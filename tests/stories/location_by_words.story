# The place comes in a second message.
冯奶奶: 想请人帮忙买点药
> 单号 {A}
冯奶奶: 金色春天9号楼1单元201
冯奶奶: 13900006655
order {A}: submitted wish 0104
陈桥甲: 派单 {A} 陈桥乙
陈桥乙: 我的单
> {A} | 201 | 13900006655
orders: 1
