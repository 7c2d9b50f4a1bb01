# Two invitations wait: which one?
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
李大爷: 金色春天5号楼101想请人代买药，电话13900001235
> 单号 {B}
陈桥甲: 派单 {A} 党员一
陈桥甲: 派单 {B} 党员一
党员一: 行
> {A} | {B}
order {A}: offered
order {B}: offered
党员一: 买药那个
order {B}: accepted by:党员一
order {A}: offered
orders: 2
