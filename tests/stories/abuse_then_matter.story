# Anger first, then the matter: both are taken calmly.
钱先生: 你们都是吃干饭的
! 聊天说得不好
! 12388
钱先生: 金色春天3号楼门口垃圾堆了三天没人收，电话13900001111
> 单号 {A}
order {A}: submitted 0501
orders: 1
