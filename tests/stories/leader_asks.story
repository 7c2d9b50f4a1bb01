# A leader asks how things stand; nothing he says becomes an order.
王阿姨: 金色春天3号楼楼道灯不亮，电话13900001234
> 单号 {A}
李大爷: 兰天西路路灯不亮，电话13900001235
> 单号 {B}
办事处甲: 今天来了多少件
办事处甲: 情况
> 陈桥 | 兰天
办事处甲: 哪个社区办得慢
办事处甲: 要抓紧办理
办事处甲: 好
orders: 2
