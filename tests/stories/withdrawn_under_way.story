# Withdrawn while somebody is on the way.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
王阿姨: 撤回 {A}
order {A}: closed withdrawn
told 党员一: {A}
党员一: 完成 {A} 好了
order {A}: closed withdrawn
