# One word is an answer.
孙阿姨: 金色春天8号楼1单元403水龙头坏了，想请人修，电话13900003333
> 单号 {A}
陈桥乙: 追问 {A} 厨房的还是卫生间的？
孙阿姨: 厨房
order {A}: submitted
told 陈桥乙: {A} | 厨房
orders: 1
