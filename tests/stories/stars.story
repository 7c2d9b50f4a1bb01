# Stars: three are no reopening, five confirm.
李大爷: 金色春天5号楼101下水道堵了，电话13900001235
> 单号 {A}
陈桥甲: 派单 {A} 陈桥乙
陈桥乙: 完成 {A} 疏通了
李大爷: 评价 {A} 3 一般
order {A}: closed confirmed
赵大姐: 金色春天6号楼101下水道堵了，电话13900001236
> 单号 {B}
陈桥甲: 派单 {B} 陈桥乙
陈桥乙: 完成 {B} 疏通了
赵大姐: 评价 {B} ５
order {B}: closed confirmed
