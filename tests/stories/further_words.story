# 半小时里接着说的话，记在同一单
# What is said within half an hour belongs to the order; a passing mention of a place never replaces an address.
王阿姨: 金色春天5号楼1单元302，想请人帮忙买药，电话13900001111
> 单号 {A}
王阿姨: 补充 {A} 药店在金色春天门口
> 已补充
陈桥甲: 派单 {A} 陈桥乙
> 已安排
陈桥乙: 我的单
> 5号楼1单元302
# A correction replaces, of the place and of the matter.
李大爷: 陈桥社区的路灯不亮
> 单号 {B} | 路灯
李大爷: 不对，是垃圾没人清运
> 垃圾没清走
order {B}: 0501
赵大姐: 金色春天5号楼电梯坏了
> 单号 {C} | 金色春天5号楼
赵大姐: 不对，是6号楼
> 金色春天6号楼
# An order nobody can make out asks first what it is about.
孙阿姨: 有人管吗
> 单号 {D} | 请用一句话说说
孙阿姨: 兰天社区路灯不亮
> 路灯 | 兰天社区
order {D}: 0603
# An answer out of turn, and a number alone, belong to the matter at hand.
钱先生: 家里灯泡坏了，想请人帮忙换一下
> 单号 {E} | 请问在哪个社区
钱先生: 金色春天3号楼2单元501，电话13800001234
> 单号 {E} | 金色春天3号楼2单元501
钱先生: 就是东头那家
> 已补充到单号 {E}
冯奶奶: 兰天社区想请人教我用手机
> 单号 {F}
冯奶奶: 谢谢
> 不客气
冯奶奶: 13800001235
> {F}
兰天甲: 派单 {F} 兰天乙
> 已安排
兰天乙: 我的单
> 13800001235
