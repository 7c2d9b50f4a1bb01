# A grandson asks for his grandmother: who comes, when, and what it costs.
阿强: 帮我外婆报个事，她家水龙头漏水，金色春天4号楼2单元102，电话13900004444，最好周六上午十点来
> 单号 {A}
order {A}: submitted wish 0102
陈桥甲: 派单 {A} 党员一
told 党员一: {A} | 十点
党员一: 我来
阿强: 谁来呀
> 党员一
阿强: 几点
> 十点
阿强: 收钱不
! 记下了
党员一: 修好了，换了垫片
told 阿强: {A} | 垫片
阿强: 外婆说好了，谢谢叔叔
order {A}: closed confirmed
orders: 1
