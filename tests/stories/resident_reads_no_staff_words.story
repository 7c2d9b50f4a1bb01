# Words of staff mean nothing from a resident, and nothing is given away.
李大爷: 待派
! 单号
李大爷: 情况
李大爷: 办理中
李大爷: 帮助
> 进度
