# 帮忙的人说手上这一单的话，不会变成他自己的单
# What whoever helps says about the order in hand is passed on, moves its time or gives it back; it is no order of the helper's own.
王阿姨: 金色春天3号楼2单元501，水龙头漏水，想请人来修，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 去看了，是阀芯坏了要买配件，居民说他自己买
> 已转告居民
told 王阿姨: 阀芯坏了
党员一: 他家有狗不敢进
told 王阿姨: 有狗
党员一: 今晚可能要晚点
told 王阿姨: 可能要晚点
党员一: 去看过了，要换整个龙头，明天带工具来
told 王阿姨: 明天 | 要换整个龙头
told 陈桥甲: 明天
order {A}: accepted by:党员一
党员一: 孩子病了，今天不去了
> 已转告居民 | 改到什么时候
told 王阿姨: 今天不去了
not told 王阿姨: 孩子病了
order {A}: accepted by:党员一
orders: 1
党员一: 我修不好，得找专业的
> 已退回社区
told 陈桥甲: {A} | 得找专业的
order {A}: submitted
orders: 1
陈桥甲: 派单 {A} 党员二
党员二: 接单 {A}
党员二: 明天我去不了，后天可以
told 王阿姨: 后天
党员二: 换个时间行吗
> 改到什么时候
党员二: 饭好了
! 已报告办好
党员二: 怎么联系他
> 13900001234
党员二: 不去了
> 已退回社区
order {A}: submitted
orders: 1
