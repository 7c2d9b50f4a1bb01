# 没有这一天
# A day that no calendar has is neither taken nor repeated; it is said that there is none, and another one is asked for.
王阿姨: 金色春天3号楼2单元501灯泡坏了，想请人2027年2月29日来换，电话13900001234
> 单号 {A}
> 没有这一天或这个钟点
! 2月29日
陈桥甲: 派单 {A} 陈桥乙
陈桥乙: 改时间 {A} 13月40日
! 13月40日
陈桥乙: 改时间 {A} 明天25点
! 25点
陈桥乙: 改时间 {A} 下周八
! 下周八
陈桥乙: 改时间 {A} 下周三上午9点
> 下周三上午9点
