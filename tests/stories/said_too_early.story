# 还没办完就评价，说的话不丢
# What is said with a command that the order does not take yet stands with it, and who works on it reads it.
王阿姨: 金色春天3号楼2单元501水龙头滴水，请人修，电话13900001234
> 单号 {A}
王阿姨: 不满意 {A} 等了两天没人管
> {A} | 已补充
told 陈桥甲: 等了两天没人管
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
> 等了两天没人管
王阿姨: 评价 {A} 1 换上的垫圈是旧的
> {A} | 已补充
told 党员一: 垫圈是旧的
told 陈桥甲: 垫圈是旧的
order {A}: accepted
陈桥甲: 进度 {A}
> 垫圈是旧的
# Without words there is nothing to keep.
王阿姨: 满意 {A}
! 已补充
# What is restricted in it becomes a matter of its own and stands nowhere else.
王阿姨: 不满意 {A} 我老公天天打我
> 110
not told 党员一: 打我
陈桥甲: 进度 {A}
! 打我
# Of a closed order it is staff who read it.
党员一: 完成 {A} 换了新的
王阿姨: 满意 {A}
> 已办结
王阿姨: 转告 {A} 垫圈又松了
> 已补充
told 陈桥甲: 垫圈又松了
