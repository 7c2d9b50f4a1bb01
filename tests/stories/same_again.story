# The same matter again is no second order.
李大爷: 金色春天7号楼101下水道堵了，电话13900001235
> 单号 {A}
李大爷: 金色春天7号楼101下水道堵了，还没人来
> {A}
orders: 1
