# Natural words of staff and leaders; none of them becomes an order.
王阿姨: 金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下
> 单号 {A}
办事处甲: 还有几单没派
> 待派 1 件 | {A}
办事处甲: 哪些快到期
> 三天内没有
办事处甲: 今天办结多少
> 今天 | 办结 0 件
办事处甲: 这个月办了多少
> 本月 | 收到 1 件
办事处甲: 哪个社区办得慢
> 陈桥社区 | 不给人排名
办事处甲: 张敏手上有几单
> 不按人统计
办事处甲: 谁没回复
> 还没有发出过提醒
陈桥甲: 把灯坏那单给党员二
> {A} 已邀请 党员二
陈桥甲: 催一下灯泡那单
> {A} 已催办
党员二: 婉拒
> 另外找人
陈桥甲: 转介 {A}
> 转到哪里
陈桥甲: 12345热线
> {A} 已转：12345热线
order {A}: closed referred
# A matter that staff name is taken down for its resident; what is unclear is asked once.
陈桥甲: 三号楼张大妈家灯坏了，她托我说一声
> 已代录，单号 {B}
order {B}: submitted
陈桥甲: 检查组明天要来
> 您是想：1 替居民登记
陈桥甲: 2
> 待派 1 件 | {B}
纪检甲: 材料报上去了没
> 您是想：1 替居民登记这件事  2 看受限事项
陈桥甲: 进度
> 还没有在这里说过
