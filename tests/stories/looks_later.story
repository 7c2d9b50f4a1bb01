# 还没看，晚上回去看：不算不满意
# Who has not looked yet is asked again later; another matter in the same message is not lost.
王阿姨: 金色春天3号楼2单元501厨房灯泡坏了，想请人换一下，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 完成 {A} 换好了
王阿姨: 还没看，我在外面，晚上回去看看
> 您看了再说 | {A}
order {A}: done
王阿姨: 还没看，另外我家水龙头漏水，想请人修一下
> 您看了再说 | 单号 {B}
order {A}: done
order {B}: submitted
王阿姨: 看了，亮了谢谢
order {A}: closed confirmed
