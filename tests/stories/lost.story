# 听不懂的话，转给工作人员
# Once it is asked again; twice not understood in a row, a person takes over and no word is lost.
李大爷: 嘎嘎咕
> 没听明白
李大爷: 咕咕嘎
> 转给工作人员 | 单号 {A}
李大爷: 进度 {A}
> 嘎嘎咕；咕咕嘎
# What was understood in between counts.
赵大姐: 嘎嘎咕
> 没听明白
赵大姐: 你好
> 您好
赵大姐: 咕咕嘎
> 没听明白
# A wrong number twice, too.
孙阿姨: 陈桥社区金色春天3号楼电梯坏了，电话13800001234
> 单号 {B}
孙阿姨: 陈桥社区路灯不亮，电话13800001234
> 单号 {C}
孙阿姨: 撤回
> 请回复序号
孙阿姨: 7
> 1 到 2
孙阿姨: 9
> 转给工作人员
# Small talk is small talk.
钱先生: 今天天气不错
> 有困难、有心愿
钱先生: 讲个笑话
> 您开心就好
# Staff only hear how to say it.
陈桥甲: 嘎嘎咕
> 没听明白
陈桥甲: 咕咕嘎
> 没听明白
