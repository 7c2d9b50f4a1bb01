# 只说几楼，问清是哪一栋，值班的人再收到一次
# A floor alone is no place of an alarm; the address told next joins it, also in the box.
王阿姨: 楼上三楼冒浓烟
> 119 | 单号 {A} | 告诉我们人在哪里
told 兰天甲: 【紧急】 | {A} | 火情
王阿姨: 金色春天12号楼
> 已补充到单号 {A}
told 陈桥甲: 【紧急】 | {A} | 金色春天12号楼3楼
order {A}: submitted emergency U0
李大爷: 六楼阳台有人要跳下去
> 单号 {B} | 告诉我们人在哪里
李大爷: 金色春天13号楼
> 已补充到单号 {B}
told 陈桥甲: 【紧急】 | {B} | 金色春天13号楼6楼
# Assault of a grown-up: her door, nothing in clear.
周女士: 我被邻居强暴了
> 110 | 12338 | 单号 {C}
! 不要追赶
told 陈桥甲: 疑似性侵
order {C}: restricted U0
# A death of long ago beside a wish is none of now.
刘阿姨: 三年前我老伴就是在这屋里上吊走的，想有人来陪我说说话
> 收到了 | 单号 {D}
! 12356
order {D}: submitted wish
