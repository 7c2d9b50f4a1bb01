# 不满意的原因里有煤气味：照样报警，还是原来的人办
# Danger that comes from nobody alarms, and the order stays with the helper, who reads it.
王阿姨: 金色春天3号楼2单元501灯泡坏了，想请人换一下，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 完成 {A} 换好了
王阿姨: 不满意 厨房有煤气味，灯也没亮
> 燃气 | 已重新办理
! 不会给原来办理的人看
order {A}: accepted by:党员一
