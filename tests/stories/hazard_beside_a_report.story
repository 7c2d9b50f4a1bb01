# 举报旁边还有井盖的事
# A hazard said after a report is an order of its own, kept from the accused, who does not learn its number from another one either.
王阿姨: 举报陈桥甲收红包。另外金色春天12号楼井盖松了
> 单号 {A} | 您另外说的也记下了 | 单号 {B} | 井盖
order {A}: restricted
order {B}: submitted matter U1
told 办事处甲: {B}
not told 陈桥甲: {B}
李大爷: 金色春天12号楼的井盖松了
> 单号 {C}
told 陈桥甲: {C}
not told 陈桥甲: {B}
陈桥甲: 合并 {C}
! {B}
陈桥甲: 合并
! {B}
陈桥甲: 待派
! {B}
陈桥甲: 合并 {C} {B}
> 没有找到
办事处甲: 合并 {C}
> 已并入 | {B}
