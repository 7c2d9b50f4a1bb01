# 改过楼号，小区还记得
# A corrected building stays in its estate, also for the next order; what names a building alone is in the estate named last.
王阿姨: 金色春天9号楼楼道灯不亮，电话13900001234
> 单号 {A} | 金色春天9号楼
王阿姨: 不对，是6号楼
> 金色春天6号楼
王阿姨: 楼下井盖也松了
> 单号 {B} | 金色春天6号楼
王阿姨: 7号楼的电梯坏了
> 单号 {C} | 金色春天7号楼
