# Not solved, and again.
李大爷: 金色春天5号楼101下水道堵了，电话13900001235
> 单号 {A}
陈桥甲: 派单 {A} 陈桥乙
陈桥乙: 完成 {A} 疏通了
李大爷: 不满意 又堵了
order {A}: accepted by:陈桥乙
told 陈桥乙: {A} | 又堵了
陈桥乙: 完成 {A} 重新疏通
李大爷: 评价 {A} 2 还有味道
order {A}: accepted
told 陈桥甲: {A}
陈桥乙: 完成 {A} 换了管子
李大爷: 评价 {A} 5 这回好了
order {A}: closed confirmed
orders: 1
