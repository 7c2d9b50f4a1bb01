# Withdrawn before the yes: nobody gets the address.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
王阿姨: 不用来了
order {A}: closed withdrawn
told 党员一: {A}
党员一: 行，我去
! 13900001234
order {A}: closed withdrawn
orders: 1
