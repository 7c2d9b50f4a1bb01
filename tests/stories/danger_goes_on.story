# 报警以后继续说，值班的人都看得到
# After an alarm nothing that is said counts as small talk; the way to the place is asked, and the words reach who is on duty.
李大爷: 着火了快来人
> 119 | 单号 {A} | 在哪里
李大爷: 金色春天3号楼
> 已补充到单号 {A}
李大爷: 1
> 留在安全的地方
李大爷: 2
> 已再次通知 | 119
李大爷: 谢谢
> 已补充到单号 {A}
李大爷: 火很大，楼道全是烟
> 119 | 已再次通知值班人员（单号 {A}
order {A}: submitted emergency U0
# A voice that nobody else may hear: the words are sealed, duty staff learn only what kind of danger it is.
周女士: 我不想活了
> 12356 | 单号 {B}
周女士: 活着没意思
> 12356
周女士: 进度 {B}
> 专人在处理
! 不想活
order {B}: restricted U0
纪检甲: 受限
> {B}
! 不想活
纪检甲: 受限 {B}
> 我不想活了 | 活着没意思 | 请勿转发
陈桥甲: 派单 {B} 陈桥乙
> 没有找到
纪检甲: 派单 {B} 陈桥乙
> 要有相应身份
办事处甲: 受限 {B}
> 我不想活了
纪检甲: 受限 {B} 记录
> 办事处甲 看了内容
纪检甲: 解释办结 {B} 已联系家人和医院
> 已说明情况
order {B}: closed explained
