# Deletion is asked for and confirmed.
赵大姐: 新锐巷路灯不亮，电话13900001236
> 单号 {A}
赵大姐: 把我的信息都删掉
> 单号 {B}
陈桥甲: 确认删除 {B}
! 已确认
办事处甲: 确认删除 {B}
> {B}
