# A stranger learns nothing by a number.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
路人甲: 进度 {A}
! 灯泡
! 501
路人甲: 撤回 {A}
order {A}: submitted
路人甲: 满意 {A}
order {A}: submitted
orders: 1
