# What staff may open after a look.
赵大姐: 金色春天2号楼楼道堆满杂物，电话13900001236
> 单号 {A}
党员一: 接单 {A}
order {A}: submitted
陈桥甲: 公开 {A}
order {A}: open
党员一: 接单 {A}
order {A}: accepted by:党员一
