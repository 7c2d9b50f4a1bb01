# Impatience is no second order and no withdrawal.
李大爷: 金色春天5号楼2单元楼道灯不亮，电话13900001235
> 单号 {A}
李大爷: 怎么还不来
李大爷: 催一下
李大爷: 你们到底管不管
order {A}: submitted
orders: 1
