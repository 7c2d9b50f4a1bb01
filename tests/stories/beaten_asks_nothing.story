# Who is beaten is asked nothing that somebody else could read later.
周女士: 我老公又打我
> 110 | 单号 {A}
order {A}: restricted U0
not told 陈桥甲: 打我
陈桥甲: 派单 {A} 党员一
not told 党员一: {A}
# Words that it is over end nothing: somebody else may have typed them. Duty staff hear what they can do, not a command of others.
周女士: 好了好了没事了，不用来了
> 已补充到单号 {A}
order {A}: submitted restricted U0
told 陈桥甲: {A} | 再联系对方
not told 陈桥甲: 回复“受限”
