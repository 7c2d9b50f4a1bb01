# 同一盏灯，两种说法
# A lamp of the stairs is the same matter, whether it was read as one of the house or of the street.
王阿姨: 金色春天6号楼楼道灯不亮，电话13900001234
> 单号 {A}
办事处甲: 归类 {A} 0603
~ 2 hours
王阿姨: 金色春天6号楼楼道灯不亮
> 您说过 | {A}
orders: 1
