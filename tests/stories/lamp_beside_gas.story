# 煤气报警以后说楼道灯不亮，是另外一张单
# What phrases name is as sure as if nothing else resembled it: a whole request beside an alarm is an order of its own.
王阿姨: 厨房煤气味很大，金色春天5号楼
> 单号 {A} | 119
order {A}: submitted emergency U0
王阿姨: 金色春天5号楼楼道灯不亮好几天了
> 单号 {B} | 楼道灯不亮
! {A}
orders: 2
