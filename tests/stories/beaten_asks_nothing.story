# Who is beaten is asked nothing that somebody else could read later.
周女士: 我老公又打我
> 110 | 单号 {A}
order {A}: restricted U0
not told 陈桥甲: 打我
陈桥甲: 派单 {A} 党员一
not told 党员一: {A}
