# 去不了、换个人：退回社区；自己家的事还是新的一单
# Who cannot go gives the order back, whatever the reason; a matter of one's own is an order all the same.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 我家水龙头坏了，想请人修一下，金色春天9号楼1单元101
> 单号 {B}
order {A}: accepted by:党员一
党员一: 退了吧，单位临时派我出差
> 已退回社区 | {A}
told 陈桥甲: {A} | 出差
陈桥甲: 派单 {A} 党员二
党员二: 接单 {A}
党员二: 发烧了去不了
> 已退回社区
order {A}: submitted
orders: 2
陈桥甲: 派单 {A} 党员三
党员三: 接单 {A}
党员三: 今天天气真好
! 已转告
党员三: 我家灯泡也坏了，金色春天9号楼2单元202
> 单号 {C}
order {A}: accepted by:党员三
orders: 3
