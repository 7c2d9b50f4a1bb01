# A first answer does not suffice.
赵大姐: 金色春天2号楼，公租房怎么申请，电话13900002222
> 单号 {A}
陈桥甲: 答复 {A} 带身份证到办事处一楼三号窗
told 赵大姐: {A} | 一楼三号窗
赵大姐: 没说清楚，外地户口行不行
told 陈桥甲: 外地户口
orders: 1
陈桥甲: 答复 {A} 外地户口也可以，带居住证
赵大姐: 不满意
> 已重新办理
order {A}: submitted
