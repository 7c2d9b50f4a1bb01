# A member is a resident too.
党员二: 金色春天1号楼电梯坏了没困人，电话13900008888
> 单号 {A}
order {A}: submitted 0204
陈桥甲: 派单 {A} 陈桥乙
陈桥乙: 完成 {A} 维保来过了
党员二: 满意
order {A}: closed confirmed
orders: 1
