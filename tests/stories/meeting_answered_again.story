# 开会的事再回一次就改过来，和自己报的事不混
# An own order is open; who comes, and who cannot after all, means the meeting.
陈桥甲: 提醒
陈桥甲: 会议
陈桥甲: 学习文件，请带本子
陈桥甲: 后天下午3点到5点，二楼活动室
陈桥甲: 陈桥社区党员
陈桥甲: 办事处甲
办事处甲: 同意
told 党员二: 二楼活动室
党员二: 金色春天6号楼601门锁坏了，请人修，电话13900004801
> 单号 {A}
党员二: 参加
> 您参加
党员二: 去不成了，厂里临时有事
> 不能参加
not told 陈桥甲: 厂里
党员二: 又能去了
> 您参加
党员二: 赶不上了，要送孩子
> 不能参加
陈桥甲: 进度 {A}
! 厂里
! 孩子
# Also while the bot asks something about an own order.
党员三: 参加
党员三: 家里灯泡坏了，想请人换
> 单号 {B} | 哪个社区
党员三: 去不了了，老母亲住院
> 不能参加
陈桥甲: 进度 {B}
! 住院
# Where an order takes its resident somewhere, it may be that one.
党员一: 参加
党员一: 想请人明天陪我去区医院看眼睛，金色春天1号楼101，电话13900004803
> 单号 {C}
党员一: 去不了了，孩子发烧
! 不能参加
# With an invitation waiting, a meeting that is named is asked about.
王阿姨: 金色春天3号楼2单元501，想请人换灯泡，电话13900001234
> 单号 {D}
陈桥甲: 派单 {D} 党员三
党员三: 哪里开会
> 二楼活动室
党员三: 会议几点开始
> 15:00
党员三: 几点
> 换灯泡
