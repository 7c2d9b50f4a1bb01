# One fault, two residents; both keep their receipt.
李大爷: 新锐巷路灯不亮，电话13900001235
> 单号 {A}
赵大姐: 新锐巷的路灯黑了，电话13900001236
> 单号 {B}
陈桥甲: 合并 {B} {A}
order {B}: closed merged
told 赵大姐: {B} | {A}
陈桥甲: 派单 {A} 陈桥乙
order {A}: accepted by:陈桥乙
