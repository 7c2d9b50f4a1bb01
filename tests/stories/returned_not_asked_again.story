# Who gave it back is not among the three who are recommended for it.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 退单 {A} 我不会修
陈桥甲: 派单 {A}
! 党员一
orders: 1
