# 报警以后说另外一件事，是另外一张单
# While an alarm is open, words that are surely of something else are an order of their own with their own advice; what
# belongs to the alarm stays with it.
李大爷: 我老伴走丢了
> 110 | 单号 {A} | 找到了
order {A}: submitted emergency 0808 U0
李大爷: 她穿红棉袄，八十二岁
> {A}
李大爷: 我家水管爆了，水流一地
> 单号 {B} | 供水抢修
! {A}
order {B}: matter 0401 U1
李大爷: 楼上装修天天吵
> 单号 {C}
! {A}
order {C}: matter 0702
李大爷: 找到了
> {A}
orders: 3
