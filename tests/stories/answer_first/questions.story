# 会答的问题直接答复，不立单
# Where the office chose so, the answer is all there is.
王阿姨: 高龄补贴怎么办理
> 高龄津贴 | 依据：《老年人权益保障法》 | 没有解决？回复“人工”
! 单号
陈桥甲: 待派
> 没有待派
# 人工 puts the question before staff in the words it was asked in.
王阿姨: 人工
> 已转给工作人员 | 单号 {A}
order {A}: submitted question 1001
王阿姨: 进度 {A}
> 高龄补贴怎么办理
# The question was handed over: a second 人工 goes to the same order.
王阿姨: 人工
> 已转告工作人员（单号 {A}）
# 没有解决 does the same, and its words are kept.
李大爷: 兰天社区，党费怎么交
> 所在支部
! 单号
李大爷: 没有解决，我退休了没有工资
> 已转给工作人员 | 单号 {B}
order {B}: submitted question 1503
李大爷: 进度 {B}
> 兰天社区，党费怎么交 | 我退休了没有工资
# 满意 leaves nothing behind.
赵大姐: 异地就医怎么备案
> 国家医保服务平台
赵大姐: 满意
> 很高兴帮上忙
赵大姐: 进度
> 还没有在这里说过
# An order that comes up later is what 人工 is about.
孙阿姨: 残疾证怎么办
> 残联
孙阿姨: 金色春天3号楼电梯坏了
> 单号 {C}
孙阿姨: 人工
> 已转告工作人员（单号 {C}）
# A matter, two requests at once, and what the book does not know become orders all the same.
钱先生: 金色春天3号楼，老板拖欠工资怎么办
> 12333 | 单号 {D}
order {D}: submitted matter 1103
周女士: 下水道堵了。对了，我妈残疾证也到期了怎么换
> 单号 {E}
吴先生: 兰天社区，公租房怎么申请
> 单号 {F}
! 依据
