# 还没看的不算没修好
# Whoever has not looked yet neither confirms nor reopens; words about the work itself reopen it, whatever they name.
李大爷: 金色春天3号楼2单元501，厨房灯泡坏了，想请人帮忙换一下，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 完成 {A} 换好了
李大爷: 我还在外头买菜，回去看了再跟你讲
> {A} | 满意
order {A}: done
李大爷: 等一下哈，我问问我老伴灯亮不亮
order {A}: done
李大爷: 没修好啊 我按开关一点反应都没有
order {A}: accepted by:党员一
told 党员一: 没修好
orders: 1
