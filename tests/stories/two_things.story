# Two things in one message are two orders.
李大爷: 金色春天3号楼电梯坏了没困人，还有小区门口垃圾没人清运，电话13900001235
> 单号 {A} | 单号 {B}
order {A}: 0204
order {B}: 0501
陈桥甲: 派单 {A} 陈桥乙
order {A}: accepted
order {B}: submitted
orders: 2
