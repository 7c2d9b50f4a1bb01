# What the first stories forgot.
王阿姨: 好的
> 还有事随时说
李大爷: 想请人帮忙擦窗户，金色春天3号楼
> 单号 {A}
李大爷: 好的
> 还有事随时说
党员二: 休息
> 休息
陈桥甲: 派单 {A} 党员二
> 正在休息
order {A}: submitted
党员一: 金色春天5号楼，想请人教我用手机
> 单号 {B}
陈桥甲: 派单 {B} 党员一
> 自己提的
order {B}: submitted
陈桥甲: 转介 {B} 老年学校
> 已转
陈桥甲: 合并 {A} {B}
> 已经办结，不能并进去
order {A}: submitted
陈桥甲: 派单 {A} 我
> 已安排 陈桥甲
