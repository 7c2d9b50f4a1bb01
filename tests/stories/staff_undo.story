# What staff did by mistake is taken back, as long as nobody has acted on it.
王阿姨: 金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
> 已邀请 党员一
order {A}: offered
陈桥甲: 撤销
> 已撤销 | 待受理
order {A}: submitted
陈桥甲: 撤销
> 没有可以撤销
陈桥甲: 派单 {A} 党员二
> 已邀请 党员二
党员二: 接单
> 接单成功
陈桥甲: 撤销
> 不能撤销
order {A}: accepted
# Work in hand comes back to whoever had it.
陈桥乙: 转介 {A} 物业
> 已转：物业
order {A}: closed referred
陈桥乙: 转错了，撤回来
> 已撤销 | 办理中
order {A}: accepted
党员二: 我的单
> {A}
党员二: 完成 换好了
> 报告办好
# Two residents, one fault, merged by mistake.
李大爷: 兰天西路井盖丢了
> 单号 {B}
赵大姐: 兰天西路有个井盖不见了
> 单号 {C}
兰天甲: 合并 {C} {B}
> 已并入
兰天甲: 撤销 {C}
> 已撤销
order {C}: submitted
# For residents it is the word for withdrawing.
李大爷: 撤销
> 已撤回
order {B}: closed withdrawn
