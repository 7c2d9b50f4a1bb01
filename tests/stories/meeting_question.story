# 会议通知没写的，转告发通知的人
# A question that the notice does not answer goes to its author, and is no order; what is asked about something else is none of the meeting.
陈桥甲: 提醒
陈桥甲: 会议
陈桥甲: 明天下午三点在社区二楼会议室开支部会
陈桥甲: 党员一、党员二、陈桥乙
陈桥甲: 1
办事处甲: 同意
党员一: 能不能线上参加
> 已转告发通知的陈桥甲 | 二楼会议室
told 陈桥甲: 党员一 | 能不能线上参加
党员二: 可以请人代会吗
> 已转告发通知的陈桥甲
told 陈桥甲: 党员二 | 代会
党员一: 几点结束
told 陈桥甲: 几点结束
党员一: 几点开会
> 15:00
! 已转告
陈桥乙: 能不能线上参加
told 陈桥甲: 陈桥乙
orders: 0
党员二: 能不能线上办居住证
! 已转告
