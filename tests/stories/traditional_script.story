# Traditional characters throughout.
林先生: 金色春天3號樓2單元501燈泡壞了，想請人換一下，電話13900001234
> 单号 {A}
order {A}: submitted wish 0102
陈桥甲: 派單 {A} 黨員一
order {A}: offered
党员一: 沒問題
order {A}: accepted by:党员一
党员一: 完成 {A} 換好了
林先生: 滿意
order {A}: closed confirmed
orders: 1
