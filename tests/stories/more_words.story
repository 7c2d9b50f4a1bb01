# More words and a correction of the house.
赵大姐: 金色春天5号楼电梯坏了，没困人，电话13900001236
> 单号 {A}
赵大姐: 写错了，是6号楼
> 6号楼
赵大姐: 补充 {A} 三天了
> {A}
陈桥甲: 派单 {A} 陈桥乙
陈桥乙: 我的单
> {A} | 6号楼
orders: 1
