# Reported done, yet nobody came: it goes on.
王阿姨: 金色春天3号楼2单元501，厨房灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 完成 {A} 换好了
王阿姨: 人没来
order {A}: accepted by:党员一
told 党员一: {A}
told 陈桥甲: {A}
orders: 1
