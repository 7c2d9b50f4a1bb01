# A second matter later is a second order.
李大爷: 金色春天5号楼楼道灯不亮，电话13900001235
> 单号 {A}
~ 2 hours
李大爷: 另外新锐巷的井盖丢了
> 单号 {B}
order {B}: 0602
李大爷: 进度
> {A} | {B}
orders: 2
