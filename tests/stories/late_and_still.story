# 还没修，说的还是那一件
# What is still not done is no second order; what was said before accepting is not told once the time has changed.
王阿姨: 金色春天6号楼路灯不亮 13900000006
> 单号 {A}
~ 2 days
王阿姨: 6号楼的路灯怎么还没修
> {A} | 说过
王阿姨: 路灯还是不亮
> {A}
orders: 1
李大爷: 金色春天3号楼204想请人擦玻璃 13855552013
> 单号 {B}
陈桥甲: 派单 {B} 党员一
党员一: 周六上午九点行吗
李大爷: 周日吧
> 周日
党员一: OK
> 周日 | 没有转告
not told 李大爷: 周六上午九点
党员一: 完成 {B} 擦好了
李大爷: 算了就这样吧，能用就行
order {B}: done
赵大姐: 金色春天3号楼110想请人换灯泡，还想请人修水管 13855552001
> 2 件事 | ① 单号 {C} | ② 单号 {D}
赵大姐: 只留水管的
order {C}: withdrawn
order {D}: submitted
赵大姐: 第一个不用了
order {D}: submitted
