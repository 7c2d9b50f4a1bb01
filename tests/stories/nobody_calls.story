# 没人来、没人打电话，都有人听到
# Nobody came or called, in other words; of an alarm it calls for help again, also later.
王阿姨: 金色春天3号楼301想请人换灯泡，今天下午三点 13844440401
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
~ 4 hours
王阿姨: 没来啊，我等到现在
told 党员一: {A} | 没人来
told 陈桥甲: {A} | 没人来
王阿姨: 师傅没来电话
told 党员一: {A} | 没来电话
李大爷: 我妈晕倒了 金色春天3号楼506
> 单号 {B}
~ 35 minutes
李大爷: 没人给我打电话啊
> {B} | 120
told 陈桥甲: 【紧急】 | {B} | 又求助
李大爷: 120还没到
told 陈桥甲: 【紧急】 | {B} | 又求助
~ 35 minutes
李大爷: 救护车把人送到医院了，没事了
> {B}
! 撤回
order {B}: submitted U0
orders: 2
