# 社区给办理的人带话
# Words of staff for whoever helps go to that person alone; pronouns mean the order given last, a name means its helper's. Nothing of it becomes an order.
王阿姨: 金色春天3号楼2单元501想请人换灯泡，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
陈桥甲: 让他顺便看看水表
> 现在没有办理中的单
党员一: 行
陈桥甲: 让他顺便看看水表
> 已带话给党员一 | {A}
told 党员一: {A} | 社区请您：顺便看看水表
not told 王阿姨: 水表
陈桥甲: {A} 让他顺便看看卫生间的
> 已带话给党员一
told 党员一: 顺便看看卫生间的
李大爷: 金色春天3号楼1单元201水龙头漏水想请人修，电话13900001235
> 单号 {B}
陈桥甲: 派单 {B} 党员二
党员二: 行
陈桥甲: 跟党员一说带上梯子
> 党员一 | {A}
told 党员一: 带上梯子
陈桥甲: 水龙头那单让他明天再去
> 党员二 | {B}
told 党员二: 明天再去
not told 党员一: 明天再去
陈桥乙: 叫她早点去
> 1. | 2.
陈桥乙: 2
told 党员二: 早点去
陈桥甲: 让他顺便看看水表，李书记把低保的钱贪了
not told 党员二: 李书记
not told 党员二: 贪了
