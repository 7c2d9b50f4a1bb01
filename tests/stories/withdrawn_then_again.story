# Withdrawn, and needed after all.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
王阿姨: 不用来了，自己弄好了
order {A}: closed withdrawn
王阿姨: 金色春天3号楼2单元501，灯泡又坏了，还是请人来换吧，电话13900001234
> 单号 {B}
order {B}: submitted wish 0102
orders: 2
