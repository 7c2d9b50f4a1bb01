# 老人走失、找不到家
# Who does not find home is told to stay where they are; who finds such a person, to stay with them.
王阿姨: 我找不到家了
> 110 | 站在原地 | 单号 {A} | 您在哪里 | 您现在安全吗
! 样貌
order {A}: submitted emergency 0808 U0
王阿姨: 梧桐广场旁边
> 已补充到单号 {A}，值班人员会看到
王阿姨: 1
> 请留在安全的地方
李大爷: 路边有个老奶奶找不到家
> 110 | 陪着 | 单号 {B} | 在哪里
order {B}: submitted emergency 0808 U0
李大爷: 找到了
> 太好了 | {B}
赵大姐: 我爸出门一天没回来，他有痴呆
> 110 | 24 小时 | 单号 {C} | 找到了
# What only sounds so is an ordinary question.
孙师傅: 每次来都迷路，小区该装指示牌
! 110
