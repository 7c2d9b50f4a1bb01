# A complaint about staff does not reach them.
李大爷: 投诉兰天社区工作人员兰天甲态度差
> 单号 {A}
order {A}: restricted
not told 兰天甲: 态度
兰天甲: 进度 {A}
! 态度
