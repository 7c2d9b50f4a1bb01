# It could not be done, and that is said.
孙阿姨: 金色春天2号楼301，想要一辆旧轮椅，电话13900003333
> 单号 {A}
陈桥甲: 未能办成 {A} 暂时没有捐赠的轮椅，残联下月有一批，我们替您排上了
order {A}: closed unmet
told 孙阿姨: {A} | 残联下月有一批
