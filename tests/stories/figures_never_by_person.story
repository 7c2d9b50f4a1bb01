# A leader who wants names gets communities.
王阿姨: 金色春天3号楼楼道灯不亮，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 陈桥乙
陈桥乙: 完成 {A} 换了
王阿姨: 满意
办事处甲: 情况 本周
> 陈桥
! 陈桥乙
办事处甲: 满意率多少
! 不客气
orders: 1
