# 接单以前补充的话，来的人也看得到
# What the resident has said since stands on the card of whoever comes later.
施奶奶: 金色春天8号楼3单元402，想请人修椅子
> 单号 {A} | 电话
施奶奶: 13900004501，白天打不通，晚上打
> 记好了
施奶奶: 补充 {A} 楼道口有条大狗，别怕
> 已补充
陈桥甲: 派单 {A} 党员二
> 已邀请
not told 党员二: 大狗
党员二: 在哪
! 大狗
党员二: 接单 {A}
> 金色春天8号楼3单元402 | 楼道口有条大狗，别怕 | 白天打不通
党员二: 我的单
> 大狗
# So it does after it was given back, also for who is assigned.
党员二: 退单 {A} 发烧了
陈桥甲: 派单 {A} 陈桥乙
told 陈桥乙: {A} | 楼道口有条大狗
# An answer that the card shows already is not said twice.
陈桥乙: 我的单
> 13900004501
! 后来又说：13900004501
施奶奶: 进度 {A}
> 大狗
