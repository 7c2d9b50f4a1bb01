# Who gives no number is still helped.
丁奶奶: 金色春天7号楼302想请人擦窗户
> 单号 {A}
丁奶奶: 我没得电话
order {A}: submitted
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
> {A} | 302
orders: 1
