# Somebody else lies on the floor.
刘阿姨: 楼下有个老头子昏倒了叫不醒，金色春天7号楼门口
> 120 | 单号 {A}
order {A}: submitted emergency U0 0810
told 陈桥甲: {A}
陈桥甲: 公开 {A}
order {A}: submitted
