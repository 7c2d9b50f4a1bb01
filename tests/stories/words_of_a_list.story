# 待派后面写的词，是单子里的词
# The words of a wide category do not hide the text.
华大爷: 金色春天1号楼101纱窗破了，请人来修，电话13900004701
> 单号 {A}
金奶奶: 金色春天2号楼102灯泡坏了，请人来换，电话13900004702
> 单号 {B}
魏大妈: 金色春天3号楼103水龙头坏了，请人来修，电话13900004703
> 单号 {C}
陈桥甲: 待派 纱窗
> {A} | 1 件
! {B}
陈桥甲: 待派 灯泡
> {B} | 1 件
陈桥甲: 待派 小修
> 3 件
陈桥甲: 待派 轮椅
> 没有对得上
陈桥甲: 把纱窗那单给党员一
> {A} | 已邀请
# A word that no order holds is read as the kind of matter it tells.
陶大爷: 金色春天4号楼楼下跳舞的太吵了，电话13900004704
> 单号 {D}
陈桥甲: 待派 噪音
> {D}
# Of a category its part alone, in whichever word it was told.
姜大妈: 金色春天5号楼105锁芯断了，请人来换，电话13900004705
> 单号 {E}
陈桥甲: 待派 门锁
> {E} | 1 件
