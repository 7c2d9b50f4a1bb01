# 答复里没有的，问要不要转社区
# A further question that the answer does not settle makes no order; 人工 puts both before staff.
王阿姨: 居住证怎么办
> 居住证
王阿姨: 照片要几寸
> 转给社区工作人员 | 人工
王阿姨: 户口在外地行不
> 人工
orders: 0
王阿姨: 人工
> 单号 {A}
order {A}: question 1401
orders: 1
王阿姨: 我家灯坏了，金色春天3号楼101
> 单号 {B}
orders: 2
