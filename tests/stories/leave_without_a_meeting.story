# 没有会议，也说请假
# Why somebody takes leave asks for nothing; what only begins like a meeting's number is no answer to one.
党员一: 请假 家人住院
> 没有要回复的会议
党员一: 请假，孩子发烧要去医院
> 没有要回复的会议
陈桥甲: 请假 家人住院
> 没有要回复的会议
orders: 0
# Somebody invited means the order.
王阿姨: 金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 请假，家里有事去不了
order {A}: submitted
orders: 1
