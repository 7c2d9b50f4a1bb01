# 改了时间又退单
# Who was to come comes no more: the resident hears it, and does not wait at the hour that was agreed. Nothing of why.
王阿姨: 金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 改时间 {A} 明天上午9点
told 王阿姨: 明天上午9点
党员一: 退单 {A} 家里有急事
told 王阿姨: {A} | 来不了了 | 另外安排
not told 王阿姨: 急事
told 陈桥甲: {A} | 退回
