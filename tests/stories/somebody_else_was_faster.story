# One wins, the other one is told.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 公开 {A}
told 党员一: {A}
told 党员二: {A}
not told 党员四: {A}
党员二: 接单 {A}
> 501
党员一: 接单 {A}
! 501
order {A}: accepted by:党员二
orders: 1
