# Given back with a reason, given to another one.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 退单 {A} 临时出差
order {A}: submitted
told 陈桥甲: {A} | 临时出差
陈桥甲: 派单 {A} 党员二
党员二: 接单 {A}
order {A}: accepted by:党员二
told 王阿姨: {A} | 党员二
党员一: 我的单
! {A}
