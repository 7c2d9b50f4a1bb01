# 党员报了警，接着说手上的单和自己的安排
# After telling of danger a helper goes on with the order in hand: that is none of the alarm's. What tells of danger, of safety or of
# somebody there still is, also later.
王阿姨: 金色春天3号楼2单元501想请人挂窗帘，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 有人在楼道抽搐，金色春天3号楼
> 120 | 单号 {B}
党员一: 穿蓝衣服
> {B}
党员一: 挂上了，挺平整
> {A} | 已报告办好
! {B}
党员一: 救护车把人拉走了
> {B}
党员一: 下周出差，先别给我派了
> 您先休息
! {B}
党员一: 我好了，可以接单了
> 欢迎回来
! {B}
order {B}: submitted emergency
orders: 2
