# Whatever begins with 收到 acknowledges the reminder, and nothing else.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 提醒
陈桥甲: 元旦将至，请大家廉洁过节
陈桥甲: 陈桥社区党员
陈桥甲: 办事处甲
办事处甲: 批准 1
陈桥甲: 派单 {A} 党员一
党员一: 收到，坚决执行！
order {A}: offered
陈桥甲: 查看提醒 1
> 1
党员一: 好
order {A}: accepted by:党员一
orders: 1
