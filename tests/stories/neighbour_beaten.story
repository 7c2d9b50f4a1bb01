# Heard through the wall; only sealed words.
李大爷: 楼上男的又打老婆了，哭得好惨，金色春天5号楼601
> 110 | 单号 {A}
order {A}: restricted
陈桥甲: 待派
! 打老婆
陈桥甲: 进度 {A}
> 没有找到
