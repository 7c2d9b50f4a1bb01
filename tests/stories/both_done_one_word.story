# Two finished orders and one thumb: which one?
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
王阿姨: 金色春天3号楼2单元501，想请人帮忙擦窗户，电话13900001234
> 单号 {B}
陈桥甲: 派单 {A} 陈桥乙
陈桥甲: 派单 {B} 陈桥乙
陈桥乙: 完成 {A} 好了
陈桥乙: 完成 {B} 擦了
王阿姨: 👍
> {A} | {B}
order {A}: done
order {B}: done
王阿姨: 都满意
order {A}: closed confirmed
order {B}: closed confirmed
orders: 2
