# Gas: never a volunteer.
王阿姨: 金色春天5号楼302有煤气味，头晕
> 119 | 单号 {A}
order {A}: emergency U0 0404
陈桥甲: 派单 {A} 党员一
order {A}: emergency U0
not told 党员一: {A}
陈桥甲: 公开 {A}
! 已公开
党员一: 待接
! {A}
