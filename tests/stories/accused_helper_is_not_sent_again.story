# 居民说帮忙的人动手：单子退回社区，不再派给他
# Restricted words in the reason: the order goes back to staff, not to the same helper, and the reply says so.
王阿姨: 金色春天3号楼2单元501灯泡坏了，想请人换一下，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 完成 {A} 换好了
王阿姨: 不满意 他动手摸我
> 110 | 不会给原来办理的人看
! 办理的人和社区都会看到
order {A}: submitted
党员一: 我的单
! 501
