# A proposal is a proposal.
退休教师: 建议在金色春天门口加一盏路灯，晚上老人散步看不清，电话13900005555
> 单号 {A}
order {A}: submitted
陈桥甲: 答复 {A} 建议已列入年底亮化计划，谢谢您
told 退休教师: {A} | 年底亮化计划
