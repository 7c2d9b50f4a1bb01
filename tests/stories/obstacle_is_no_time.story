# The day on which she cannot is not the new time: it is asked, and the answer counts.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人周四上午来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
王阿姨: 周四孙子打针，另约个日子吧
> 什么时候
told 党员一: 打针
王阿姨: 周五下午三点
> 周五下午三点
told 党员一: 周五下午三点
orders: 1
