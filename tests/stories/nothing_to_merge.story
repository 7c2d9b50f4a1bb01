# 没有可合并的单
# Staff who have nothing to merge hear how to merge; a limit in another year says which.
陈桥甲: 合并
> 合并 单号 另一个单号
! 您的事情
陈桥甲: 公开
> 现在没有待派的单
党员一: 帮助
> 转告 单号 内容 / 改时间 单号 时间 | 请假 原因 | 我的提醒 | 订阅 / 退订 | 每天一条
~ 36 days
王阿姨: 金色春天3号楼养狗扰民
> 单号 {A}
王阿姨: 进度
> {A} | 2027年1月
