# 煤气泄漏时又胸口疼，两种办法都说，再通知值班
# Another danger of the same scene: the advice for both, and whoever is on duty hears of it again.
王阿姨: 厨房煤气味很大
> 119 | 单号 {D}
order {D}: submitted emergency 0404 U0
王阿姨: 胸口疼喘不上气
> 120 | 阀 | 已再次通知值班人员（单号 {D}
told 陈桥甲: 胸口疼喘不上气
王阿姨: 门锁卡死了
> 已再次通知值班人员（单号 {D}
王阿姨: 楼下广场舞太吵了
> 单号 {E}
order {E}: matter 0702
