# Who gave no number is reached through the account.
周奶奶: 金色春天6号楼1单元302，想请人帮忙换个灯泡
> 单号 {A}
周奶奶: 跳过
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
> 302 | 转告
党员一: 转告 {A} 明天下午您在家吗
told 周奶奶: {A} | 明天下午
周奶奶: 在家
told 党员一: {A} | 在家
order {A}: accepted
orders: 1
