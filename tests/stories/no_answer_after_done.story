# Done, and the resident says nothing: closed as such, not as satisfied.
李大爷: 金色春天5号楼101下水道堵了，电话13900001235
> 单号 {A}
陈桥甲: 派单 {A} 陈桥乙
陈桥乙: 完成 {A} 疏通了
told 李大爷: {A} | 满意
~ 9 days
order {A}: closed no_reply
orders: 1
