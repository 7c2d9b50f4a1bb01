# 只说给谁，一单就派，几单就问
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 给党员一吧
order {A}: offered
陈桥甲: 不对，换成党员二
> 党员二
order {A}: offered
told 党员二: {A}
李大爷: 金色春天5号楼1单元101，下水道堵了，电话13900005678
> 单号 {B}
陈桥甲: 让党员三去
> 1. | 2.
order {B}: submitted
陈桥甲: 灯泡给党员一，下水道给党员三
order {A}: offered
order {B}: offered
told 党员三: {B}
orders: 2
