# 邀请和会议都等着答复，一句“去不了”先问是哪一件
# An invitation and a meeting both wait: words with a reason fit both, so it is asked which; staff read no reason of a no.
陈桥甲: 提醒
> 会议通知
陈桥甲: 会议
> 内容
陈桥甲: 请带好笔记本，准时参加
> 什么时候
陈桥甲: 后天下午3点，三楼会议室
> 发给谁
陈桥甲: 陈桥社区党员
> 审批人
陈桥甲: 办事处甲
> 审批 | 编号 1
办事处甲: 同意
> 已批准
told 党员一/党员二: 三楼会议室
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
> 已邀请
told 党员一: {A}
党员一: 去不了，孩子住院
> 哪一件 | 1. | {A} | 2. | 会议 1
order {A}: offered
党员一: 2
> 不能参加
order {A}: offered
# The meeting is answered: the same words are about the invitation now.
党员一: 去不了，孩子住院
> 没有任何影响
order {A}: submitted
陈桥甲: 进度 {A}
! 孩子住院
陈桥甲: 查看提醒 1
> 已回复收到 1
# Both at once.
陈桥甲: 派单 {A} 党员二
> 已邀请
told 党员二: {A}
党员二: 去不了，我在外地出差
> 1. | {A} | 会议 1
党员二: 都
> 没有任何影响 | 不能参加
order {A}: submitted
orders: 1
