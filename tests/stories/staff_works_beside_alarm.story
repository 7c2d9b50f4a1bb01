# 社区报了煤气味，接着做别的事
# After telling of danger staff go on with their work: duty staff hear of none of it. Words of the danger belong to it again.
王阿姨: 金色春天3号楼2单元501想请人换水龙头，电话13900001234
> 单号 {A}
李大爷: 金色春天6号楼楼道灯坏了
> 单号 {B}
陈桥甲: 门卫说金色春天10号楼闻到煤气味
> 单号 {C}
陈桥甲: 在3单元
> {C}
陈桥甲: 居民都下楼了
> {C}
陈桥甲: 今天中午谁值班
! {C}
陈桥甲: 楼道灯修好了
! {C}
陈桥甲: 水龙头那个给党员一
> {A} | 已邀请
陈桥甲: 撤销
> 已撤销 | {A}
陈桥甲: 阀门已经关了
> {C}
told 办事处甲: 阀门已经关了
陈桥甲: 刚才来了个大妈，说她家住金色春天31号楼1单元202，马桶堵了，她没手机
> 已代录
! {C}
陈桥甲: 对，她姓何
! {C}
陈桥甲: 煤气味更大了
> 再次通知值班人员 | {C}
order {C}: submitted emergency
