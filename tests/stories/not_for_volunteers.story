# What volunteers must not do is not opened.
赵大姐: 金色春天6号楼电梯坏了没困人，电话13900001236
> 单号 {A}
陈桥甲: 公开 {A}
order {A}: submitted
陈桥甲: 派单 {A} 党员一
order {A}: submitted
not told 党员一: {A}
陈桥甲: 派单 {A} 陈桥乙
order {A}: accepted by:陈桥乙
