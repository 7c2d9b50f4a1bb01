# Sent back with a reason; nobody is reminded.
陈桥甲: 提醒
陈桥甲: 中秋将至，请大家廉洁过节
陈桥甲: 全体党员
陈桥甲: 办事处甲
办事处甲: 退回 中秋早过了
told 陈桥甲: 中秋早过了
not told 党员一: 廉洁过节
orders: 0
