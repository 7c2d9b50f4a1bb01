# People in the lift: the number, the place, the staff at once.
小陈: 我们困在电梯里了，金色春天6号楼
> 96333 | 单号 {A}
order {A}: submitted emergency U0 0204
told 陈桥甲: {A}
told 办事处甲: {A}
陈桥甲: 派单 {A} 党员一
order {A}: submitted U0
小陈: 出来了，谢谢
