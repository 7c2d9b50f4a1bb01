# Explained in full.
李大爷: 金色春天7号楼楼道灯不亮，电话13900001235
> 单号 {A}
陈桥甲: 解释办结 {A} 整栋线路本周五由供电所统一更换，期间物业装了应急灯
order {A}: closed explained
told 李大爷: {A} | 本周五 | 应急灯
