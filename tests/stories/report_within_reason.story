# A reason that holds a report is sealed; the command acts without it.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 退单 {A} 陈桥社区书记收红包，我不干了
order {A}: submitted
not told 陈桥甲: 红包
陈桥甲: 进度 {A}
! 红包
