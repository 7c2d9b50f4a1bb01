# 转告有煤气味：居民看到原话，值班也收到
# A warning of gas that a helper passes on reaches the resident in words, and alarms duty staff.
王阿姨: 金色春天3号楼2单元501灯泡坏了，想请人换一下，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 转告 {A} 您家有煤气味，赶紧开窗，人出来
> 已转告居民 | 单号 {B}
told 王阿姨: 您家有煤气味，赶紧开窗
order {B}: submitted emergency
