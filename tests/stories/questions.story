# 政策咨询，当场答复
# A question the book knows: the answer comes in the same reply as the order's number.
王阿姨: 金色春天的，高龄补贴怎么办理
> 单号 {A} | 高龄津贴 | 依据：《老年人权益保障法》 | 以本地答复为准 | 没有解决请回复“人工” | 撤回 {A}
order {A}: submitted question 1001
陈桥甲: 待派
> {A}
王阿姨: 没有解决，我妈是外地户口
> 已转告工作人员 | {A}
王阿姨: 进度 {A}
> 我妈是外地户口
order {A}: submitted question
# 满意 settles it while nobody has it in hand.
李大爷: 兰天社区，党费怎么交
> 单号 {B} | 所在支部 | 依据
李大爷: 满意
> 单号 {B} 已撤回
order {B}: closed withdrawn
李大爷: 人工
> 已转给工作人员
# A question without a place: the community is asked after the answer; 人工 goes to the order that is there.
赵大姐: 异地就医怎么备案
> 单号 {C} | 国家医保服务平台 | 请问在哪个社区
赵大姐: 1
> 单号 {C}
赵大姐: 人工
> 已转告工作人员（单号 {C}）
# A matter that is asked as a question stays a matter: the answer first, then the order as ever.
孙阿姨: 老板拖欠工资怎么办，在金色春天3号楼做工
> 12333 | 单号 {D} | 收到了：拖欠工资 | 留个电话
order {D}: submitted matter 1103
# What the book is not sure of is an order as ever.
钱先生: 陈桥社区，高龄补贴三个月没到账
> 单号 {E}
! 依据
order {E}: submitted question 1001
# Small talk that asks for something known is answered, and is no order until somebody wants it to be.
周女士: 12345是干什么的
> 便民热线 | 没有解决？回复“人工”
! 单号
周女士: 谢谢
> 不客气
周女士: 进度
> 还没有在这里说过
# Danger and secrecy come before the book.
吴先生: 老公打我，家暴怎么办
> 110 | 单号 {F}
! 依据
order {F}: restricted U0
郑女士: 反映干部问题去哪里
> 12388 | 单号 {G}
! 依据
order {G}: restricted
