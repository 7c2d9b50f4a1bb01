# A picture is kept, and the helper hears of it.
王阿姨: 金色春天3号楼2单元501，水龙头坏了，想请人来修，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
王阿姨: [图片]
> {A}
told 党员一: {A}
orders: 1
