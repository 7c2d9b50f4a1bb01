# The bot's own printed line is an answer, not a second order.
周奶奶: 家里灯泡坏了，想请人帮忙换一下
> 单号 {A} | 陈桥社区
周奶奶: 3 陈桥社区
orders: 1
周奶奶: 金色春天6号楼1单元302
order {A}: submitted
orders: 1
