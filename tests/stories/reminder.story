# 发提醒：一人写，另一人批，大家回复收到
# A discipline reminder: written by one, approved by another, acknowledged once.
陈桥甲: 提醒
> 内容
陈桥甲: 中秋将至，请大家廉洁过节
> 发给谁
陈桥甲: 陈桥社区党员
> 共 3 人 | 办事处甲
陈桥甲: 办事处甲
> 审批 | 编号 1
陈桥甲: 批准 1
> 别人审批
# nothing to acknowledge before it has arrived
党员一: 收到
> 没有需要回复
办事处甲: 批准 1
> 已批准
陈桥甲: 查看提醒 1
> 应收 3 人
