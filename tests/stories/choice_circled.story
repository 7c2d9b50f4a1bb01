# A choice as a circled digit.
王阿姨: 金色春天3号楼，灯泡坏了，想请人帮忙换一下，电话13900001234
> 单号 {A}
王阿姨: 金色春天3号楼，想找人教我用手机，电话13900001234
> 单号 {B}
王阿姨: 撤回
> {A} | {B}
王阿姨: 两个都不撤
order {A}: submitted
order {B}: submitted
orders: 2
