# 两件都急：两件都记上，不撤回
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
王阿姨: 金色春天3号楼2单元501，想请人帮忙买袋米，电话13900001234
> 单号 {B}
王阿姨: 两件都急
> {A} | {B}
! 撤回
王阿姨: 两个都改到周六
> {A} | {B} | 周六
王阿姨: 灯泡那个要两个
> {A}
! {B}
order {A}: submitted
order {B}: submitted
王阿姨: 除了灯泡都不用了
> {B} | 已撤回
! {A}
order {A}: submitted
order {B}: closed withdrawn
王阿姨: 金色春天3号楼2单元501，想请人教手机，电话13900001234
> 单号 {C}
王阿姨: 两个都不用了
> {A} | {C} | 已撤回
order {A}: closed withdrawn
order {C}: closed withdrawn
