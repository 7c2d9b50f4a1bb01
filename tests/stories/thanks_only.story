# Thanks make no order.
李大爷: 谢谢
李大爷: 好的
李大爷: 辛苦了
orders: 0
