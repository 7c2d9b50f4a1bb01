# Despair is sealed; staff of the community read no word.
小林: 活着没意思，不想活了
> 12356 | 单号 {A}
order {A}: restricted
not told 陈桥甲: 不想活
陈桥甲: 待派
! 不想活
小林: 进度 {A}
! 不想活
