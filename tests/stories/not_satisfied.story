# 不满意，重新办理
# What others usually do may still be asked of a member whom staff name. Not satisfied reopens; staff are assigned; stars confirm.
李大爷: 兰天社区兰天西路的路灯不亮
> 单号 {A}
兰天甲: 派单 {A} 党员四
> 已邀请 党员四 | 平时由
兰天甲: 派单 {A} 兰天乙
> 已安排
order {A}: accepted
兰天乙: 完成 {A} 已修
> 辛苦
李大爷: 不满意 还是不亮
> 重新办理
order {A}: accepted
兰天乙: 完成 {A} 换了灯头
> 辛苦
李大爷: 评价 {A} 5 很及时
> 谢谢
order {A}: closed confirmed
