# The helper needs another time; the resident objects, and they find one.
王阿姨: 金色春天3号楼2单元501，厨房灯泡坏了，想请人明天上午九点来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 改时间 {A} 后天下午三点
> 三点
told 王阿姨: {A} | 三点
王阿姨: 不行，那天我去医院
told 党员一: {A}
order {A}: accepted by:党员一
orders: 1
