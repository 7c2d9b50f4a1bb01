# Help names what one can say.
孙师傅: 帮助
> 进度 | 人工
党员一: 帮助
> 接单
陈桥甲: 帮助
> 派单
orders: 0
