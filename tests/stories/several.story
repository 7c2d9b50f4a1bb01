# 一句话里说了几件事
# Several requests in one message: an order of each, shown together; one word makes them one again.
李大爷: 金色春天3号楼2单元的电梯坏了，还有小区门口的垃圾没人清运
> 您说了 2 件事 | ① 单号 {A} | ② 单号 {B} | 电梯 | 垃圾 | 一件事 | 留个电话
order {A}: 0204 submitted
order {B}: 0501 submitted
李大爷: 13800001234
> 单号 {A} | 金色春天3号楼 | 另外 1 件也记上了
李大爷: 进度 {B}
> {B}
陈桥甲: 派单 {B} 陈桥乙
> 已安排
陈桥乙: 我的单
> {B} | 13800001234
# What lacks a community is asked once for all of them.
赵大姐: 楼道灯不亮了，另外想请人帮忙教用手机
> 您说了 2 件事 | ① 单号 {C} | ② 单号 {D} | 请问在哪个社区
赵大姐: 陈桥社区
> 陈桥社区
order {C}: submitted
陈桥甲: 待派
> {C} | {D}
赵大姐: 一件事
> 合成一件了 | {C} | {D} 已并入
order {D}: closed merged
赵大姐: 一件事
> 没有分开的事
赵大姐: 撤回 {C}
> 已撤回
order {D}: closed merged
# One of the list is named by its place in it.
周女士: 陈桥社区金色春天3号楼门禁坏了，还有垃圾没人清运
> ① 单号 {E} | ② 单号 {F}
周女士: 第二件不用来了
> 单号 {F} 已撤回
order {E}: submitted
# Danger comes first; what was asked besides is kept apart from it.
孙阿姨: 金色春天5号楼厨房有煤气味，另外路灯也不亮
> 开窗 | 单号 | 您另外说的也记下了 | 路灯
# A report is not scattered.
钱先生: 我要举报社区主任收红包，另外楼道灯坏了
> 12388
! 您说了
