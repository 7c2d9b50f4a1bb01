# 孩子反锁在家，火上有锅
# A child locked in with a pot on the fire: the fire brigade opens, nobody talks of floods.
王阿姨: 我娃反锁在屋里了，锅里还炖着汤
> 119 | 离灶台和窗户远一点 | 单号 {A} | 人在哪里 | 人现在安全吗
! 涉水
order {A}: submitted emergency 0801 U0
陈桥甲: 待派
> {A} 人反锁在屋里 | 10 分钟内处置
! 火情
王阿姨: 金色春天5号楼302
> 已补充到单号 {A}
王阿姨: 门开了，孩子出来了
> 单号 {A} 已撤回
# The title for staff never says that nobody is trapped.
李大爷: 我们困在电梯里了
> 96333 | 单号 {B}
陈桥甲: 待派
> {B} 电梯困人 | 10 分钟内处置
! 无人被困
孙师傅: help fire
> 119 | 单号 {C}
order {C}: submitted emergency 0801 U0
