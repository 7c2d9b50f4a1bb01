# 帮忙的人报险，地点就是手上那一单
# Danger that whoever helps tells of is at the place of the order in hand; what is said of that order afterwards is of that order.
王阿姨: 金色春天7号楼1单元101请人换灯泡，电话13900001423
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 换好了，不过他家厨房有煤气味
> 燃气 | 已报告办好 | 7号楼1单元101
! 请马上告诉我们
told 陈桥甲: 煤气 | 7号楼1单元101
order {A}: done
王阿姨: 不满意 换的灯不亮
order {A}: accepted by:党员一
党员一: 他不要修了，自己换了新灯泡
> 已转告居民
党员一: 灯泡换好了
> 已报告办好 | {A}
李大爷: 金色春天8号楼1单元102请人修柜门，电话13900007002
> 单号 {C}
陈桥甲: 派单 {C} 党员一
党员一: 我来
> 接单成功
order {C}: accepted by:党员一
