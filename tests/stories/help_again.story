# Whoever asked for help is not sent an errand: what is said while the alarm waits belongs to it, and calls for help again.
李大爷: 家里一股瓦斯味，好重
> 119 | 单号 {A} | 您现在安全吗
李大爷: 膝盖疼，楼梯走不了
> 119 | 已再次通知值班人员（单号 {A}
told 陈桥甲/办事处甲: 紧急 | 膝盖疼，楼梯走不了
李大爷: 屋里就我自个儿，闺女上班去了
> 已补充到单号 {A}
李大爷: 门锁卡死了
> 119 | 已再次通知
李大爷: 有点恶心
> 120 | 已再次通知
李大爷: 金色春天7号楼1单元202
> {A}
told 陈桥甲/办事处甲: 7号楼1单元202
李大爷: 电话13900005678
told 陈桥甲/办事处甲: 13900005678
李大爷: 要帮忙
> 已再次通知
李大爷: 窗开了，味道小点了
> 已补充到单号 {A}
orders: 1
李大爷: 不用来人了，燃气公司的来过了
> 打电话跟您核实
order {A}: submitted emergency U0
李大爷: 1
> {A}
李大爷: 另外我家金色春天7号楼楼下垃圾桶满了没人倒
> 单号 {B}
李大爷: 楼道里还有味
> {A}
orders: 2
