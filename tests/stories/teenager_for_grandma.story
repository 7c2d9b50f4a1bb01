# A teenager orders for a grandmother, in short pieces.
小宇: 我奶奶想学用微信视频😂 金色春天1号楼201
> 单号 {A}
小宇: 13900004567
order {A}: submitted wish 0108
陈桥甲: 派单 {A} 党员二
党员二: OK
order {A}: accepted by:党员二
told 小宇: 党员二
小宇: 几点来呀
! 记下了
小宇: 6 谢啦
order {A}: accepted
党员二: 教会了
order {A}: done
小宇: 👍
order {A}: closed confirmed
orders: 1
