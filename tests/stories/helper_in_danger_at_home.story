# 帮忙的人没说是谁家：可能是自己家，照样问地点
# A helper who does not say whose home it is may be at home: the place is asked for.
王阿姨: 金色春天7号楼1单元101请人换灯泡，电话13900001423
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 家里着火了
> 119 | 请马上告诉我们您在哪里
! 7号楼
