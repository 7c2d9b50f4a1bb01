# 评价里说态度不好，是不满意的原因，不另外封存
# What stands as the reason of a rating is read by who helped; it is not promised to be kept from them too.
王阿姨: 家里灯泡坏了，金色春天3号楼2单元501室，电话13800001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
> 已邀请 党员一
党员一: 接单 {A}
> 接单成功
党员一: 完成 {A} 换好了
> 辛苦
王阿姨: 两颗星，态度不好
> {A} | 办理的人和社区都会看到
! 封存
orders: 1
