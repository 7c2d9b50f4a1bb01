# Claimed, given back, claimed by another one.
郑大爷: 金色春天2号楼501，想请人帮忙搬个柜子，电话13900003456
> 单号 {A}
陈桥甲: 公开 {A}
党员一: 接单 {A}
党员一: 退单 {A} 腰扭了
told 陈桥甲: {A} | 腰扭了
陈桥甲: 公开 {A}
党员三: 接单 {A}
order {A}: accepted by:党员三
told 郑大爷: {A} | 党员三
