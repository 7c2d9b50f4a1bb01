# Money has just been sent to a swindler.
周奶奶: 有人打电话说我医保卡出事了，我刚转了两万块
> 96110 | 单号 {A}
order {A}: emergency U0 0807
told 陈桥甲: {A}
