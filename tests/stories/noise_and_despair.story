# 吵得想跳楼：照办，也告诉值班，也问候一句
# What may be a figure of speech stays the complaint that it is, is urgent, and names the line for those in despair; a bang, a cut and a locked door are told as what they are.
王阿姨: 广场舞吵死了，我真想跳楼，金色春天3号楼101
> 12356
李大爷: 热水器轰的一声点着了 金色春天3号楼102
> 先别再点火 | 单号 {B}
order {B}: matter 0403 U1
周奶奶: 老人被锁在屋里 金色春天3号楼103
> 119 | 单号 {C}
told 陈桥甲: 【紧急】 | {C} | 老人被锁在屋里
order {C}: emergency U0
赵师傅: 停电了 金色春天3号楼104
> 供电抢修 | 单号 {D}
order {D}: matter 0402 U1
