# A helper for a hospital visit at a set hour.
何大妈: 我一个人住金色春天2号楼3单元201，想请人后天上午八点陪我去医院复查，电话13900009988
> 单号 {A}
order {A}: submitted wish 0106
陈桥甲: 派单 {A} 党员三
told 党员三: {A} | 八点
党员三: 没问题
order {A}: accepted by:党员三
何大妈: 几点来接我
> 八点
党员三: 完成 {A} 已陪诊送回家
何大妈: 满意，这孩子真好
order {A}: closed confirmed
orders: 1
