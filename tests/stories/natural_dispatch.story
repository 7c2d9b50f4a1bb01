# Natural words of staff: who should do which one.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
李大爷: 金色春天5号楼101想请人代买药，电话13900001235
> 单号 {B}
陈桥甲: 把灯泡那单给党员一
order {A}: offered
told 党员一: {A}
陈桥甲: 买药的派给党员二
order {B}: offered
told 党员二: {B}
orders: 2
