# 去年说的事
# What was said or done in another year is told with its year; what is of this year without.
王阿姨: 金色春天3号楼王奶奶家里灯泡坏了，明天上午能来换吗
> 单号 {A}
王阿姨: 进度 {A}
> 11月24日
! 2026年11月24日
~ 3 days
陈桥甲: 派单 {A} 党员一
党员一: 什么时间
> 11月24日说的
! 2026年
~ 45 days
王阿姨: 进度 {A}
> 2026年11月24日12:00
陈桥甲: 派单 {A} 党员一
党员一: 什么时间
> 2026年11月24日说的
