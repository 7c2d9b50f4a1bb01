# 手上两单，说的是哪一家，先问清楚
# With two orders in hand, what is said of one home is not told to the other, whose resident wrote last: it is asked which.
王阿姨: 金色春天8号楼101想请人修书桌，电话13900001234
> 单号 {A}
李大爷: 金色春天8号楼102想请人修水龙头，电话13900001235
> 单号 {B}
陈桥甲: 派单 {A} {B} 党员一
党员一: 两个都接
李大爷: 转告 {B} 记得带扳手
党员一: 桌腿钉不住，木头糟了
> 请回复序号
untold 李大爷: 木头
党员一: 1
> 已转告居民 | {A}
党员一: 水龙头要换个新的
> 已转告居民 | {B}
