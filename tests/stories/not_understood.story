# 一句话两种意思，先问一句
# Words that may mean two things: one question with numbers. A possible request is an order meanwhile.
赵大姐: 想申请个助听器，我在兰天社区，电话13800001235
> 单号 {A}
赵大姐: 急死我了 社保卡怎么还没下来
> 先记下了 | 单号 {B} | 1 报一件新的事 | 2 看办到哪一步了
order {B}: submitted
赵大姐: 2
> {A}
order {B}: closed withdrawn
order {A}: submitted
赵大姐: 急死我了 社保卡怎么还没下来
> 先记下了 | 单号 {C}
赵大姐: 3
> 1 到 2
赵大姐: 1
> 单号 {C} | 工作人员会处理
order {C}: submitted
# Where only one of the two is possible there is nothing to ask.
李大爷: 陈桥社区金色春天3号楼电梯坏了，电话13800001234
> 单号 {D}
李大爷: 单子给我撤了，我打物业电话解决了
> 已撤回
order {D}: closed withdrawn
# Who asks how a matter stands that was told elsewhere has it taken up here.
孙阿姨: 上次报的路灯还没修，这都几天了，在兰天西路
> 单号 {E} | 路灯
钱先生: 我那个事办得咋样了
> 还没有在这里说过
