# 邻居老人几天没露面
# Nobody is in the house: the police first, never "leave the dangerous place"; staff hear it as pressing.
李大爷: 对门张大爷两天没开门了
> 请先打 110 | 单号 {A}
! 离开危险的地方
! 您现在安全吗
order {A}: submitted 1004 U1
陈桥甲: 待派
> {A} | 前处理
# With a smell or a groan behind the door minutes count.
赵大姐: 隔壁老人几天没开门，门口有臭味
> 110 和 120 | 单号 {B} | 人在哪里
order {B}: submitted emergency 1004 U0
陈桥甲: 待派
> {B} 老人敲门不应 | 10 分钟内处置
# Hunger is answered too.
王阿姨: 冰箱空了三天没吃东西了
> 值班人员 | 120 | 单号 {C}
order {C}: submitted 1002 U1
