# Registered for somebody who has no telephone.
陈桥甲: 代录 金色春天3号楼101李奶奶家水龙头漏水，想请人修
> 单号 {A}
order {A}: submitted wish
陈桥甲: 派单 {A} 党员一
told 党员一: {A} | 水龙头
党员一: 行
order {A}: accepted by:党员一
orders: 1
