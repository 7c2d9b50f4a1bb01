# What the town usually does may be asked of a member by name, and the reply says who usually does it.
李大爷: 新锐巷路灯不亮，电话13900001235
> 单号 {A}
陈桥甲: 公开 {A}
order {A}: submitted
陈桥甲: 派单 {A} 党员一
> 党员一 | 平时由
order {A}: offered
党员一: 婉拒
order {A}: submitted
told 陈桥甲: {A}
