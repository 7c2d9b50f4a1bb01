# 问在哪里，说没空不是地方
# Who is busy says nothing of where it is.
鲁大爷: 家里门锁坏了，想请人来修
> 单号 {A} | 哪个社区
鲁大爷: 3
> 具体在哪里
鲁大爷: 没时间
! 没时间
鲁大爷: 老粮站后头
> {A}
水大姐: 家里门锁坏了，想请人来修
> 单号 {B} | 哪个社区
水大姐: 3
水大姐: 老粮站后头
> 老粮站后头
# A helper's no goes to the invitation that waits, not into the place of an own order.
王阿姨: 金色春天3号楼2单元501，想请人换灯泡，电话13900001234
> 单号 {C}
党员一: 家里纱窗坏了，想请人来修
> 单号 {D}
党员一: 3
> 具体在哪里
陈桥甲: 派单 {C} 党员一
党员一: 最近走不开
> {C}
order {C}: submitted
told 陈桥甲: {C} | 不方便
党员一: 进度 {D}
! 走不开
