# Not understood twice: a person.
钱先生: 嘎嘎咕
钱先生: 咕咕嘎
> 单号 {A}
told 陈桥甲/办事处甲: {A}
orders: 1
