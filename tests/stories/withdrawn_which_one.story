# Two at hand; the words tell which one is not needed.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
王阿姨: 金色春天3号楼2单元501，想请人帮忙买袋米，电话13900001234
> 单号 {B}
王阿姨: 算了灯泡我儿子换好了
order {A}: closed withdrawn
order {B}: submitted
orders: 2
