# 手上有几单，问清是哪一单
# Several orders fit: the bot asks which, a number answers.
王阿姨: 金色春天3号楼，灯泡坏了，想请人帮忙换一下
> 单号 {A}
王阿姨: 金色春天3号楼，想找人教我用手机
> 单号 {B}
陈桥甲: 公开
> 1. | 2. | {A} | {B}
陈桥甲: 2
> 已公开
陈桥甲: 转介 {A}
> 请写明转到哪里
陈桥甲: 转介 {A} 物业公司
> 已转：物业公司
order {A}: closed referred
