# 居民要求删除个人信息
# A resident asks for deletion, asks again, and an administrator confirms it; nobody else can.
王阿姨: 陈桥社区路灯不亮
> 单号 {A}
王阿姨: 删除我的信息
> 单号 {B} | 街道管理员确认 | 自动删除
王阿姨: 删除我的个人信息
> {B}
办事处甲: 确认删除
> 确认删除 单号
办事处甲: 确认删除 {A}
> 没有等着确认
陈桥甲: 确认删除 {B}
! 已确认
办事处甲: 确认删除 {B}
> {B} 已确认
办事处甲: 确认换机
> 确认换机 姓名
办事处甲: 确认换机 党员一
> 没有等着确认换机
