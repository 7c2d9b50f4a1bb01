# 没被邀请，想接单
# A member who was not invited and wants to help hears which wishes are open; it is no wish of the member's own. Who is invited and cannot
# do it declines.
王阿姨: 金色春天8号楼101想请人陪聊天，电话13900001234
> 单号 {A}
陈桥甲: 公开 {A}
党员一: 我想接个教手机的
> {A}
党员一: 我想陪老人聊天
> {A}
党员一: 现在还能接吗
> {A}
党员一: 聊天那个给我吧
> 接单成功 | {A}
李大爷: 金色春天8号楼102想请人教用手机，电话13900001235
> 单号 {B}
陈桥甲: 派单 {B} 党员二
党员二: 我不会教手机，我会修电器
> 我们另外找人 | {B}
陈桥甲: 派单 {B} 党员三
党员三: 我一个人教不过来吧，再叫一个人一起行吗
! 我们另外找人
党员三: 那行我接了，我叫我儿子帮忙
> 接单成功 | {B}
党员三: 我想请人陪我妈聊天
> 单号 {C}
orders: 3
