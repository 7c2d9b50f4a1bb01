# "不用来了" after it is done confirms it.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 完成 {A} 换好了
王阿姨: 不用来了，已经亮了
order {A}: closed confirmed
