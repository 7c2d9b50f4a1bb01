# A reminder that is dropped leaves nothing.
陈桥甲: 提醒
陈桥甲: 请大家廉洁过节
陈桥甲: 取消
> 取消
陈桥甲: 待派
> 没有待派
orders: 0
