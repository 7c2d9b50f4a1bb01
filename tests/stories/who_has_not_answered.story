# How many acknowledged, asked in words.
陈桥甲: 提醒
陈桥甲: 元旦将至，请大家廉洁过节
陈桥甲: 陈桥社区党员
陈桥甲: 办事处甲
办事处甲: 批准 1
told 党员一: 廉洁过节
党员一: 已阅
党员二: 收到！
陈桥甲: 查看提醒 1
> 2
陈桥甲: 谁还没回复
orders: 0
