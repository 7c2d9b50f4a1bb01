# 发给全办事处的提醒，要两个人批准
# A reminder to the whole office needs two approvals: of whoever was named, then of somebody else.
陈桥甲: 提醒
陈桥甲: 中秋将至，请大家廉洁过节
陈桥甲: 全体党员
> 共 4 人
陈桥甲: 办事处甲
> 两人批准
纪检甲: 批准 1
> 由办事处甲回复
办事处甲: 同意
> 还要
told 纪检甲: 还要一人批准 | 中秋将至
not told 党员一: 中秋将至
办事处甲: 批准 1
not told 党员一: 中秋将至
纪检甲: 同意
> 已批准，正在发给 4 人
told 党员一: 中秋将至 | 收到
told 党员四: 中秋将至
