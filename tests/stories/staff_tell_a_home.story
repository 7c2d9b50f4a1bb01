# 社区说“告诉纱窗那家”，是转告，不是办结
# Words that staff have told to a home are passed on and end nothing, whoever has the order; only 答复 ends it.
王阿姨: 金色春天3号楼2单元501想请人修纱窗，电话13900001234
> 单号 {A}
李大爷: 金色春天8号楼302想请人修门锁，电话13900001235
> 单号 {B}
陈桥甲: 告诉纱窗那家，明天有人来
> 已转告居民 | {A}
told 王阿姨: 明天有人来
陈桥甲: 跟郑阿姨说一声，纱窗的人明天才能来
> 已转告居民 | {A}
陈桥甲: 派单 {B} 党员一
党员一: 接单 {B}
陈桥甲: 回复门锁那家，我们正在找人
> 已转告居民 | {B}
! 110
untold 党员一: 不用再办
陈桥甲: 跟门锁那家讲一下，师傅在路上了
> 已转告居民 | {B}
陈桥甲: 我跟居民说了明天去
! 已转告
order {B}: accepted
order {A}: submitted
陈桥甲: 答复纱窗那家物业下午去
> 已说明情况办结
order {A}: closed explained
orders: 2
