# The resident needs another time: the reply repeats it, the helper and the staff hear it.
王阿姨: 金色春天3号楼2单元501，厨房灯泡坏了，想请人明天上午九点来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
王阿姨: 改成后天下午两点行不行
> 两点
told 党员一: {A} | 两点
told 陈桥甲: {A}
order {A}: accepted by:党员一
orders: 1
