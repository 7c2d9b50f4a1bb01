# Are you a robot? An honest, kind word and no order.
钱先生: 你是机器人吗
! 聊天说得不好
钱先生: 哈哈
! 聊天说得不好
钱先生: 金色春天3号楼电梯坏了，没困人，电话13900001111
> 单号 {A}
orders: 1
