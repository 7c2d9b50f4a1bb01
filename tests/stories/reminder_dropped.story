# 提醒写到一半不发了
# A reminder that is being written can be dropped at any step.
陈桥甲: 提醒 廉洁过节
> 发给谁
陈桥甲: 取消
> 已取消
陈桥甲: 全体党员
! 共 4 人
