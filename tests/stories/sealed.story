# 举报、家暴、信访：谁能看到
# A report about an official: the right door, and only the discipline staff read it; neither list nor search shows a word.
王阿姨: 举报陈桥社区书记收红包，我住金色春天3号楼
> 12388 | 监督一点通 | 不要再写 | 单号 {A}
王阿姨: 他还收了两条烟
> 已补充到单号 {A} | 取消
陈桥甲: 待派
> 现在没有待派的单
! 红包
办事处甲: 待派
> 现在没有待派的单
陈桥甲: 进度 {A}
> 没有找到
王阿姨: 进度
> 还没有在这里说过
王阿姨: 进度 {A}
> 专人在处理
! 红包
纪检甲: 受限
> 1 件 | {A} 受限事项
! 红包
纪检甲: 受限 {A}
> 收红包 | 两条烟 | 小微权力监督与举报 | 金色春天3号楼
纪检甲: 受限 {A} 记录
> 纪检甲 看了内容
纪检甲: 转介 {A} 区纪委监委
> 已转：区纪委监委
order {A}: closed referred restricted 1603
# One's place was not remembered from it: the next matter asks for it as if nothing had been said.
王阿姨: 取消
> 请说另外一件事
王阿姨: 家里灯泡坏了，想请人帮忙换一下
> 单号 {B} | 请问在哪个社区
# A complaint about staff is answered with its own door; 人工 stays within it.
李大爷: 投诉兰天社区工作人员态度差
> 纪检干部能看 | 12345 | 单号 {C}
李大爷: 人工
> 已转告工作人员（单号 {C}）
兰天甲: 待派
! 态度差
# The word that is a command of staff is a request from a resident.
冯奶奶: 信访
> 不是信访渠道 | 单号 {H}
# A petition in substance: registered once, by who answers for it.
赵大姐: 我要信访
> 不是信访渠道 | 12345 | 15 天 | 单号 {D}
办事处甲: 信访 {D}
> 没有找到
纪检甲: 信访 {D}
> 已登记为信访事项 | 信访信息系统
纪检甲: 信访 {D}
> 登记过
纪检甲: 书面告知 {D} 凤信1号
> 已记下
钱先生: 陈桥社区路灯不亮，说了三年没人管
> 单号 {E}
陈桥甲: 信访 {E}
> 已登记为信访事项
兰天甲: 信访 {E}
> 没有找到
陈桥甲: 书面告知 {E} 已当面送达
> 已记下
# Who is complained about sees nothing of it, also among the discipline staff; then the level above is the door.
孙阿姨: 我要举报纪检甲收红包
> 没有人能看 | 12388 | 单号 {F}
纪检甲: 受限 {F}
> 没有找到
# Violence: the numbers first, no word that somebody else who holds the telephone could read afterwards.
周女士: 我老公打我，救命，金色春天5号楼
> 110 | 12338 | 单号 {G}
周女士: 进度 {G}
> 专人在处理
! 打我
纪检甲: 追问 {G} 他走了吗？
> 已向居民追问 | 只有一句不带内容的话
纪检甲: 解释办结 {G} 已送庇护所
> 已说明情况 | 只有一句不带内容的话
order {G}: closed explained
