# Staff put the category right.
周女士: 金色春天有东西坏了，电话13800001239
> 单号 {A}
陈桥甲: 归类 {A} 路灯不亮
order {A}: 0603
