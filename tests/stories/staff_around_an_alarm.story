# Around an emergency staff ask who went, go themselves, and say what came of it; nothing of it becomes an order.
李大爷: 金色春天8号楼2单元302有股煤气味，电话13900001235
> 单号 {A}
陈桥甲: 煤气那家有人过去了没有
> {A}
陈桥甲: 好，我这就过去
order {A}: accepted by:陈桥甲
陈桥甲: 阀门关了，救护车来了，人没事
> {A} | 序号
陈桥甲: 1
order {A}: done
told 李大爷: 阀门
orders: 1
