# 报警的地点说错了，改过来再告诉值班
# A correction of the place puts the alarm's place right, and the duty staff are told again; what it does not name stays.
王阿姨: 我家厨房有煤气味 金色春天3号楼101
> 单号 {A}
王阿姨: 不对，是4号楼
> 地点改好了 | 金色春天4号楼101室 | {A}
told 陈桥甲: 【紧急】 | {A} | 地点：金色春天4号楼101室
told 办事处甲: 【紧急】 | {A} | 金色春天4号楼101室
王阿姨: 搞错了，是4号楼102
> 金色春天4号楼102室
told 陈桥乙: 【紧急】 | 金色春天4号楼102室
王阿姨: 煤气味更大了
> {A}
! 地点改好了
order {A}: submitted U0
orders: 1
李大爷: 我老公打我 金色春天3号楼301
> 单号 {B}
李大爷: 不对，是4号楼
> {B}
! 4号楼
told 陈桥甲: 【紧急】 | {B} | 地点：金色春天4号楼301室
orders: 2
