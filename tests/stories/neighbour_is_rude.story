# 邻居态度差，不是投诉社区工作人员
# He and she are the neighbour while an order is about one and nobody has been sent; staff who are rude are a complaint all the same.
王阿姨: 楼上天天吵 金色春天3号楼101
> 单号 {A}
王阿姨: 他态度特别差
> {A}
! 封存
王阿姨: 我上去说了，那人态度恶劣
> 已补充到单号 {A}
told 陈桥甲: {A} | 那人态度恶劣
王阿姨: 他态度特别差，还骂我
! 封存
orders: 1
王阿姨: 社区的人态度特别差
> 封存 | 单号 {B}
order {B}: restricted
not told 陈桥甲: 态度特别差
李大爷: 金色春天3号楼2单元501想请人换灯泡，电话13900001234
> 单号 {C}
陈桥乙: 派单 {C} 党员一
党员一: 行
党员一: 弄好了
李大爷: 他态度特别差
> 已重新办理
