# 还没留电话就改时间，时间要真改
# Another time is no answer to the question for the telephone: the time changes at once, and the question still stands.
冯奶奶: 下周三上午八点半陪我去区医院拿药，金色春天4号楼1单元202
> 单号 {A} | 留个电话
冯奶奶: 改到下周四下午两点半
> {A} | 下周四下午两点半
told 陈桥甲: {A} | 下周四下午两点半
冯奶奶: 13900004321
> 记好了 | 下周四下午两点半
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
> 下周四下午两点半 | 13900004321
# So does a correction of what was understood; the day alone keeps its hour.
曹大爷: 想请人明天早上八点陪我去区医院看腿
> 单号 {B} | 哪个社区
曹大爷: 不对，是后天
> {B} | 后天早上八点
曹大爷: 说错了，是九点不是八点
> 后天早上九点
曹大爷: 3
> 陈桥社区
曹大爷: 金色春天7号楼1单元101，最好下周五下午来
> 金色春天7号楼 | 下周五下午
told 陈桥甲: {B} | 下周五下午
曹大爷: 跳过
# A supplement and an answer to staff tell one, too.
何大姐: 金色春天2号楼303，想请人擦窗户，电话13900004322
> 单号 {C}
何大姐: 补充 {C} 最好周六上午来，凳子我有
> 周六上午
陈桥甲: 追问 {C} 周六有检查，换哪天方便？
何大姐: 改到周日上午
> 周日上午
told 陈桥甲: {C} | 周日上午
# What belongs to the matter is no time of it.
何大姐: 补充 {C} 窗户有八扇
> 已补充
陈桥甲: 进度 {C}
> 窗户有八扇
