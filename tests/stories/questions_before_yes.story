# A careful helper asks first: when, where, what; no door and no number before the yes.
王阿姨: 金色春天3号楼2单元501，厨房灯泡坏了，想请人明天上午九点来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 什么时间？
> 九点
! 13900001234
党员一: 在哪
> 金色春天
! 501
党员一: 什么事
> 灯泡
! 13900001234
党员一: 那行
> 501 | 13900001234
order {A}: accepted by:党员一
orders: 1
