# 党员婉拒，公开以后有人认领
# An invitation may be declined freely; an open order is claimed once.
王阿姨: 金色春天1号楼，想找人陪我聊聊天
> 单号 {A}
陈桥甲: 派单 {A}
> 1.
陈桥甲: 1
> 已邀请
陈桥甲: 公开 {A}
> 已公开
order {A}: open
党员二: 接单 {A}
> 接单成功
党员三: 接单 {A}
> 已经有人接单
党员二: 退单 {A} 临时出差
> 已退回
order {A}: submitted
兰天甲: 派单 {A} 党员一
> 没有找到
陈桥甲: 派单 {A} 党员一
> 已邀请
党员一: 婉拒
> 没有任何影响
order {A}: submitted
王阿姨: 撤回 {A}
> 已撤回
order {A}: closed withdrawn
