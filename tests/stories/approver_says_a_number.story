# 审批时说了别的编号：不当作同意
# A number that does not wait approves nothing; the one that waits is named.
陈桥甲: 提醒
陈桥甲: 中秋将至，请大家廉洁过节
陈桥甲: 社区工作者
陈桥甲: 办事处甲
办事处甲: 同意 4
! 已批准
> 1
办事处甲: 同意 １
> 已批准
