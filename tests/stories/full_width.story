# Full-width digits, circled digits, spaces.
王阿姨: 金 色 春 天 ３ 号楼２单元５０１，灯泡坏了，想请人换，电话１３９００００１２３４
> 单号 {A}
order {A}: submitted wish 0102
陈桥甲: 派单{A}党员一
order {A}: offered
党员一: 接　单　{A}
order {A}: accepted by:党员一
