# Staff are asked where to; what they say next is the place, not a chat.
李大爷: 新锐巷路灯不亮，电话13900001235
> 单号 {A}
陈桥甲: 转介 {A}
陈桥甲: 市政照明所
order {A}: closed referred
told 李大爷: {A} | 市政照明所
orders: 1
