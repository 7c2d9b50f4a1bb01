# Taking something back makes no order; a complaint is no thanks; the helper's own word finishes what is in hand.
王阿姨: 金色春天9号楼3单元楼道灯灭了，电话13900001234
> 单号 {A}
王阿姨: 是我眼花了，没灭
> {A} 已撤回
order {A}: closed withdrawn
王阿姨: 金色春天3号楼2单元501，柜门掉了，想请人装一下
> 单号 {B}
王阿姨: 咋没人来
> 还没有人接 | 已催社区
! 办理的人
陈桥甲: 派单 {B} 党员一
党员一: 接单 {B}
党员一: 门装上了，安好了
> 辛苦了 | {B}
order {B}: done
王阿姨: 柜门还是合不拢
> 没让您满意 | {B}
! 不客气
order {B}: accepted
党员一: 这回真的弄好了
> {B}
order {B}: done
王阿姨: 这下好了，谢谢
> 已办结
order {B}: closed confirmed
王阿姨: 给师傅打五颗星
> {B}
orders: 2
