# 社区工作者办单时能说的话
# What staff can say about an order, and what the resident reads of it.
王阿姨: 金色春天3号楼楼道灯不亮，电话13900001234
> 单号 {A}
陈桥甲: 追问 {A} 是几单元？
> 已向居民追问
order {A}: needs_info
王阿姨: 补充 {A} 二单元
> 已补充
order {A}: submitted
陈桥甲: 归类 {A} 路灯不亮
> 路灯不亮
陈桥甲: 派单 {A} 陈桥乙
> 已安排 陈桥乙
陈桥甲: 催办 {A}
> 已催办
王阿姨: 进度 {A}
> 社区催了一次 | 是几单元
! 13900001234
陈桥乙: 我的单
> {A} | 13900001234
陈桥乙: 退单 {A} 要找供电所
> 已退回
陈桥甲: 解释办结 {A}
> 请写明情况
陈桥甲: 解释办结 {A} 供电所明天来换
> 已说明情况
order {A}: closed explained
王阿姨: 金色春天5号楼楼道灯不亮
> 单号 {B}
李大爷: 金色春天5号楼的楼道灯坏了
> 单号 {C}
陈桥甲: 合并 {C} {B}
> 已并入
order {C}: closed merged
陈桥甲: 不予受理 {B} 已列入改造计划
> 不予受理
order {B}: closed rejected
李大爷: 想要一辆轮椅，金色春天2号楼
> 单号 {D}
陈桥甲: 未能办成 {D} 暂时没有捐赠
> 如实告诉居民
order {D}: closed unmet
# What staff have sorted stays sorted, whatever the resident says afterwards.
周女士: 陈桥社区金色春天有东西坏了，电话13800001239
> 单号 {Z}
陈桥甲: 归类 {Z} 0204
> 电梯
周女士: 不对，是路灯不亮
> 单号 {Z}
order {Z}: 0204
