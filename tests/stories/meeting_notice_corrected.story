# 发通知时改时间、改地点、加一句；收到的人随口回话
# A notice of a meeting told in one sentence is one; another time, another place and a further sentence are put into its text. Who is
# called answers in everyday words, and a fault behind 收到 is an order.
陈桥甲: 给陈桥社区的党员发个通知，明天下午三点在社区二楼开会，带党员证
> 会议通知
陈桥甲: 改成后天下午三点
> 后天下午三点 | 11-26
! 明天下午
陈桥甲: 还有，加一句，请假的跟我说
> 带党员证。请假的跟我说
陈桥甲: 地点改成三楼
> 在三楼开会 | 地点：三楼
! 社区二楼
陈桥甲: 改一下内容
> 请发
陈桥甲: 发
> 请发
陈桥甲: 后天下午三点在三楼开会，带党员证
> 预览
陈桥甲: 办事处甲
> 已交 办事处甲 审批
办事处甲: 同意
> 已批准
told 党员一: 在三楼开会
党员一: 那就请假
> 不能参加
党员一: 行程改了，能去
> 已记下：您参加
党员二: 收到，另外我家楼道灯坏了金色春天2号楼
> 已记下您收到 | 单号 {A} | 楼道灯
党员三: 周五我可能晚到半小时
> 已记下：您参加
党员三: 我妈周五做手术，开不了会
> 不能参加
orders: 1
