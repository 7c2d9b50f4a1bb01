# 社工用自己的话派单问进度
# Staff name an order by what it is about and a colleague by name; asking who has it gives nobody anything, and hurrying a colleague
# reports nobody.
李大爷: 金色春天3号楼2单元501，厨房灯泡坏了，想请人帮忙换一下，电话13900001234
> 单号 {A}
陈桥甲: 换灯泡的那个事 麻烦党员一去弄一下
> {A} | 党员一
order {A}: offered
陈桥甲: 换灯泡那单派给谁来着
> {A}
order {A}: offered
陈桥甲: 催一下陈桥乙，换灯泡赶紧的
! 12388
党员一: 接单 {A}
order {A}: accepted by:党员一
陈桥甲: 跟党员一讲一声带个梯子
told 党员一: 带个梯子
orders: 1
