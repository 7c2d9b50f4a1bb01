# 人工 puts the conversation before staff.
孙师傅: 人工
> 单号 {A}
told 陈桥甲/办事处甲: {A}
orders: 1
