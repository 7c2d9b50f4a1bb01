# Somebody has acted: it cannot be undone.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
陈桥甲: 撤销
order {A}: accepted by:党员一
not told 党员一: {A}
orders: 1
