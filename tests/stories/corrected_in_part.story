# 只改说错的那一样，别的照旧
# Unit and room stay where the building alone was wrong, and nobody reads both.
田大妈: 金色春天12号楼1单元602下水道堵了，电话13900004601
> 单号 {A} | 金色春天12号楼1单元602
田大妈: 不对，是11号楼
> 金色春天11号楼1单元602
田大妈: 不是602是502
> 金色春天11号楼1单元502
田大妈: 是3单元不是1单元
> 金色春天11号楼3单元502
田大妈: 不对，不是下水道，是洗手池
> 洗手池堵了 | 金色春天11号楼3单元502
order {A}: 0303
陈桥甲: 派单 {A} 陈桥乙
陈桥乙: 我的单
> 洗手池堵了 | 11号楼3单元502
! 居民说：金色春天12号楼
# A room or a corner of the home is no other matter.
傅大爷: 金色春天10号楼2单元701水龙头坏了，电话13900004602
> 单号 {B} | 修水龙头
傅大爷: 不对，是卫生间的
> 修水龙头
order {B}: 0102
傅大爷: 不对，是阳台上的
order {B}: 0102
傅大爷: 不是水龙头，是门锁
> 修门锁
order {B}: 0102
# What tells another one is.
傅大爷: 不对，是路灯不亮
order {B}: 0603
# Another estate voids what lay within the first.
傅大爷: 应该是龙山小区7号楼
> 龙山小区7号楼
! 701
