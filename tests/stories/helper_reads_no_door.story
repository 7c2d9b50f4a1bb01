# The door comes with the promise, not before.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
told 党员一: {A} | 灯泡
not told 党员一: 501
not told 党员一: 13900001234
党员一: 待接
! 501
党员一: 接单 {A}
> 501 | 13900001234
