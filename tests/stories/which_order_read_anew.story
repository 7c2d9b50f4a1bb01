# 问是哪一件时说了别的话：照那句话办
# A sentence that points at one of the orders and says something else of it chooses nothing.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
王阿姨: 金色春天3号楼2单元501，想请人帮忙买袋米，电话13900001234
> 单号 {B}
王阿姨: 不用了
> 1. | 2.
王阿姨: 灯泡那个改成后天
> {A} | 后天
! 撤回
order {A}: submitted
王阿姨: 不用了
> 1. | 2.
王阿姨: 买米那个要两袋
> {B}
! 撤回
order {B}: submitted
王阿姨: 买米的不用了，我儿子买了
> {B} | 已撤回
order {B}: closed withdrawn
王阿姨: 金色春天3号楼2单元501，想请人教手机，电话13900001234
> 单号 {C}
王阿姨: 不用了
> 1. | 2.
王阿姨: 就是灯泡那个
> {A} | 已撤回
order {A}: closed withdrawn
order {C}: submitted
