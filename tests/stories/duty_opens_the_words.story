# 值班的人看危险的原话
# Duty staff of a danger to life may open its words, on record, until it is over; nobody whom it is about, and no report.
王阿姨: 我老公天天打我，金色春天5号楼501
> 110 | 单号 {A}
order {A}: restricted U0
told 陈桥甲: {A} | 受限 {A}
陈桥甲: 受限
> {A} | 看原话
! 打我
陈桥甲: 受限 {A}
> 天天打我 | 金色春天5号楼501 | 请勿转发
陈桥甲: 受限 {A} 记录
> 没有找到
兰天甲: 受限 {A}
> 没有找到
兰天甲: 受限
> 现在没有受限事项
党员一: 受限 {A}
! 打我
纪检甲: 受限 {A} 记录
> 陈桥甲 看了内容
纪检甲: 解释办结 {A} 已送庇护所
陈桥甲: 受限 {A}
> 没有找到
李大爷: 陈桥甲天天打我，救命，金色春天6号楼
> 单号 {B}
陈桥甲: 受限 {B}
> 没有找到
陈桥甲: 受限
! {B}
孙阿姨: 我要举报陈桥社区书记收红包
> 单号 {C}
陈桥乙: 受限 {C}
> 没有找到
