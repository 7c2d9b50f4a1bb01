# An old man of few words: the bulb, the yes, the thanks.
老张头: 屋里灯泡瞎了，寻人给换一个，金色春天4号楼101
> 单号 {A}
老张头: 没得电话
order {A}: submitted wish 0102
陈桥甲: 派单 {A} 党员一
told 党员一: {A} | 灯泡
党员一: 行
order {A}: accepted by:党员一
told 老张头: {A} | 党员一
党员一: 完成 {A} 换好了
told 老张头: {A} | 满意
老张头: 好了，多谢
order {A}: closed confirmed
orders: 1
