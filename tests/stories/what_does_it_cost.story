# When, who and what does it cost, before and after somebody took it.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
王阿姨: 要钱不
! 记下了
王阿姨: 几时来
! 记下了
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
王阿姨: 是哪个来
> 党员一
王阿姨: 收费吗
! 记下了
order {A}: accepted
orders: 1
