# Invited, he asks and offers another hour: no order of his; his words go along with the yes.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人明天上午来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 梯子有没有，不然我自己扛一把
> 接
order {A}: offered
党员一: 明早值班，下班五点过去成不成
> 接
order {A}: offered
orders: 1
党员一: 那我去
order {A}: accepted by:党员一
told 王阿姨: 梯子 | 五点
orders: 1
