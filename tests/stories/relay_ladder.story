# Both talk through the account, without telephone numbers.
王阿姨: 金色春天3号楼2单元501，厨房灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 转告 {A} 我今晚七点到，家里有梯子吗？我的电话13800000111
told 王阿姨: {A} | 梯子
not told 王阿姨: 13800000111
王阿姨: 有梯子
told 党员一: {A} | 有梯子
orders: 1
