# 同一件事说了两遍
# The same resident on the same matter hears where it stands; no second order.
李大爷: 金色春天3号楼的楼道灯坏了，电话13800001234
> 单号 {A}
陈桥甲: 派单 {A} 陈桥乙
> 已安排
李大爷: 金色春天3号楼楼道灯坏了没人修
> 这件事您说过 | {A} | 办理中 | 另一件
陈桥乙: 我的单
> {A}
李大爷: 另一件
> 收到了： | 单号 {B}
李大爷: 另一件
> 没有要另开的事
# Another house is another matter.
李大爷: 金色春天5号楼的楼道灯坏了
> 收到了：
# What is done waits for a word.
赵大姐: 兰天社区佛教巷路灯不亮，电话13800001235
> 单号 {C}
兰天甲: 派单 {C} 兰天乙
> 已安排
兰天乙: 完成 {C} 换好了
> 已报告办好
赵大姐: 兰天社区佛教巷路灯还是不亮
> {C} | 不满意
order {C}: done
# Different residents on one fault: staff are shown the earlier order and merge with one word.
孙阿姨: 陈桥社区金色春天门口的井盖丢了
> 单号 {D}
钱先生: 陈桥社区金色春天门口井盖不见了
> 单号 {E} | 收到了
陈桥甲: 待派
> 可能同 {D} | 合并 {E}
陈桥甲: 合并
> 已并入 {D}
order {E}: closed merged
order {D}: submitted
陈桥甲: 合并
> 合并 单号 另一个单号
冯奶奶: 陈桥社区金色春天门口的井盖没了，危险
> 单号 {F}
陈桥甲: 合并 {F}
> 已并入 {D}
# Staff see what comes up again and again.
陈桥甲: 反复问题
> 陈桥社区金色春天 井盖 | 3 次
兰天甲: 反复问题
> 没有反复出现
