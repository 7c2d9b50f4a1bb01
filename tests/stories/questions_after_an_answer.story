# 答复以后接着问，还是那一件
# Short questions about papers, prices and ways belong to what was asked before, whatever the book knows by their words; a fault is an order of its own.
王阿姨: 高龄补贴怎么领
> 单号 {A}
王阿姨: 照片要几寸
> 记在单号 {A}
王阿姨: 户口在外地行不
> 记在单号 {A}
王阿姨: 要带户口本吗
> 记在单号 {A}
told 陈桥甲: {A} | 要带户口本吗
王阿姨: 一个月多少钱
> 记在单号 {A}
! 志愿者
王阿姨: 能代办吗
> 记在单号 {A}
王阿姨: 周六开门吗
> 记在单号 {A}
orders: 1
王阿姨: 居住证怎么办
> 居住证 | 单号 {B}
王阿姨: 我家灯坏了能修吗
> 单号 {C}
order {C}: wish
orders: 3
