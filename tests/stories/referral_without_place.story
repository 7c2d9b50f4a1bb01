# 转介的话里只有举报：单子不动，问转到哪里
# Of a referral nothing but a report is left aside: the order stays, and the place is asked for.
王阿姨: 陈桥社区3号楼路灯坏了
> 单号 {A}
陈桥甲: 转介 {A} 兰天乙收黑钱
> 请写明转到哪里 | 12388
order {A}: submitted
not told 王阿姨: 转
陈桥甲: 供电公司
> 已转
order {A}: closed referred
told 王阿姨: 供电公司
李大爷: 陈桥社区5号楼路灯坏了
> 单号 {B}
陈桥甲: 转介 {B} 供电公司，兰天乙收黑钱
> 12388
order {B}: closed referred
told 李大爷: 供电公司
not told 李大爷: 黑钱
