# The approver agrees in a word.
陈桥甲: 提醒
陈桥甲: 元旦将至，请大家廉洁过节
> 发给谁
陈桥甲: 党员一、党员二
> 2 人
陈桥甲: 办事处甲
办事处甲: 同意
told 党员一: 廉洁过节 | 收到
told 党员二: 廉洁过节
not told 党员三: 廉洁过节
orders: 0
