# 换灯泡：点单、派单、接单、办好、满意
# The main job, end to end: point, dispatch, accept, finish, confirm.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人帮忙换一下，电话13900001234
> 收到了：换灯泡（金色春天3号楼2单元501室） | 单号 {A}
! 小修小补
! 急缓
order {A}: submitted wish 0102
陈桥甲: 待派
> {A}
陈桥甲: 派单 {A} 党员一
> 已邀请 | 党员一
order {A}: offered
党员一: 待接
> {A} | 邀请您
! 13900001234
党员一: 接单 {A}
> 接单成功 | 501 | 13900001234
order {A}: accepted
王阿姨: 进度 {A}
> 办理中
党员一: 我的单
> {A} | 地点：陈桥社区 金色春天3号楼2单元501室 | 联系：13900001234
党员一: 完成 {A} 灯泡换好了
> 辛苦
order {A}: done
王阿姨: 满意
> 办结
order {A}: closed confirmed
