# 不要打电话：值班人员马上知道
# Whoever is threatened and must not be called: the duty staff know at once, and the reply says nothing of it.
王阿姨: 我老公喝了酒在砸门，我和孩子躲在卧室
> 单号 {A}
王阿姨: 不要打电话过来
> 已补充
! 打电话 | 人工
told 陈桥甲: {A} | 对方说不要打电话
李大爷: 金色春天3号楼506想请人换灯泡 13844440401
> 单号 {B}
李大爷: 不要给我打电话，我老伴睡觉，发消息就行
> 补充 | {B}
李大爷: 别打这个电话了，打13955556666
> 尾号 6666
orders: 2
