# 提醒指名请谁审批，别人不能代批
# One approver was named: no other one decides, whoever it is.
陈桥甲: 提醒
陈桥甲: 中秋将至，请大家廉洁过节
陈桥甲: 社区工作者
陈桥甲: 办事处甲
纪检甲: 批准 1
> 由办事处甲回复
办事处甲: 批准 1
> 已批准
