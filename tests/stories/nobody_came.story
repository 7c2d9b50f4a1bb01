# Nobody came at the hour that was agreed.
王阿姨: 金色春天3号楼2单元501，厨房灯泡坏了，想请人明天上午九点来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
~ 1 days
王阿姨: 等了一上午没人来
told 党员一: {A}
told 陈桥甲: {A}
order {A}: accepted by:党员一
orders: 1
