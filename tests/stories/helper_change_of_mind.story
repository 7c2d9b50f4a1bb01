# First yes, then no.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 可以
党员一: 退单 {A} 孩子发烧去不了了
order {A}: submitted
told 陈桥甲: {A} | 孩子发烧
orders: 1
