# "Not that": the matter is put right, it stays one order.
李大爷: 陈桥社区的路灯不亮，电话13900001235
> 单号 {A}
李大爷: 不对，是垃圾没人清运
order {A}: 0501
orders: 1
