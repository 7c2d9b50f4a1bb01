# Staff urge, the resident reads it.
李大爷: 金色春天7号楼101下水道堵了，电话13900001235
> 单号 {A}
陈桥甲: 派单 {A} 陈桥乙
陈桥甲: 催办 {A}
told 陈桥乙: {A}
李大爷: 进度 {A}
> {A} | 陈桥乙
