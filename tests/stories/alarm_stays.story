# 报警后说别的事不用了，警报不撤
# Only words about the danger, or that name nothing, withdraw an alarm.
王阿姨: 金色春天3号楼107想请人换灯泡 13855551007
> 单号 {A}
王阿姨: 我家煤气味好大
> 单号 {B}
王阿姨: 路灯已经修好了不用管
> {B} | 补充
! 撤回
王阿姨: 灯泡不用换了
> {A} 已撤回
order {A}: withdrawn
order {B}: submitted U0
told 陈桥甲: {A}
not told 陈桥甲: {B} | 撤回
王阿姨: 下周出差，先别给我派了
order {B}: submitted U0
王阿姨: 都不用了，买菜的事也算了
order {B}: submitted U0
王阿姨: 不用来了，燃气公司来修好了
order {B}: withdrawn
李大爷: 我妈吃错药了 金色春天3号楼106
> 单号 {C}
李大爷: 我儿子换好灯泡了
order {C}: submitted U0
李大爷: 算了不用了，她缓过来了
order {C}: withdrawn
