# Merged by mistake.
李大爷: 新锐巷路灯不亮，电话13900001235
> 单号 {A}
赵大姐: 新锐巷井盖松了，电话13900001236
> 单号 {B}
陈桥甲: 合并 {B} {A}
order {B}: closed merged
陈桥甲: 撤销
order {B}: submitted
told 赵大姐: {B}
order {A}: submitted
