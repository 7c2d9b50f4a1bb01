# “好的”只应刚给他看的提醒
陈桥甲: 提醒 中秋将至，请大家廉洁过节
陈桥甲: 陈桥社区党员
陈桥甲: 办事处甲
办事处甲: 同意
told 党员一: 廉洁过节 | 收到
told 党员二: 廉洁过节 | 收到
~ 2 minutes
党员一: 待接
~ 1 minutes
党员一: 好的
! 已记下
党员一: 收到
> 已记下
党员二: 好的
> 已记下
# So does a bare number, which may be the answer to another question.
陈桥甲: 提醒 清明文明祭扫，不放鞭炮
陈桥甲: 陈桥社区党员
陈桥甲: 办事处甲
办事处甲: 同意
told 党员三: 文明祭扫 | 收到
~ 2 minutes
党员三: 1
> 已记下
党员二: 待接
~ 1 minutes
党员二: 1
! 已记下
