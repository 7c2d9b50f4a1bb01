# 党员在路上、在门口说的话，都是手上那一单的
# What somebody who has an order in hand says on the way and at the door is of that order: questions and faults go to the resident, and
# none becomes an order of the helper's own. A matter at the helper's own house does.
王阿姨: 金色春天3号楼2单元501想请人换灯泡，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 行
党员一: 我到楼下了，单元门锁着进不去
> 已转告居民 | {A}
党员一: 到楼下了，单元门打不开
> 已转告居民 | {A}
told 王阿姨: 单元门打不开
党员一: 已经到门口，麻烦开下门
> 已转告居民
党员一: 迷路了，8号楼在哪边
> 已转告居民
! 110
党员一: 我没有电钻，您家有吗
> 已转告居民
told 王阿姨: 您家有吗
党员一: 药店要身份证吗我没带你的
> 已转告居民
党员一: 电梯坏了我走楼梯上来
> 已转告居民
党员一: 螺丝不够，我回去拿
> 已转告居民
党员一: 灯泡买好了，我先走了
> 已转告居民
order {A}: accepted
orders: 1
党员一: 我家灯也坏了，金色春天1号楼2单元101
> 单号 {B}
党员一: 弄好了，钢丝绳断了换了一根
> 已报告办好 | {A}
orders: 2
