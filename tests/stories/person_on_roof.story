# 有人在楼顶要跳
# One who sees somebody on a roof is no caller to comfort: the number, what to do, the place, whether the person is safe.
李大爷: 有人在楼顶要跳
> 110 | 119 | 单号 {A} | 人在哪里 | 人现在安全吗
! 谢谢您愿意说出来
! 12356
李大爷: 金色春天3号楼
> 已补充到单号 {A}，值班人员会看到
! 取消
order {A}: submitted restricted U0
李大爷: 2
> 已再次通知 | 110
李大爷: 现在坐到栏杆外面去了
> 已补充到单号 {A}
李大爷: 安全
> 谢谢您
! 请留在安全的地方
# The family hears something else, and so does who is in danger.
赵大姐: 我儿子要跳楼，我拉着他
> 110 | 守着他 | 12356 | 单号 {B}
! 谢谢您愿意说出来
周女士: 我站在楼顶，不想活了
> 谢谢您愿意说出来 | 12356 | 单号 {C} | 您在哪里
# Whoever is beaten may not be the only one who reads: nothing is asked. Who hears it through the wall is asked.
钱阿姨: 老公又打我
> 110 | 12338 | 单号 {D}
! 哪里
! 1 安全
孙师傅: 隔壁男的又打老婆了
> 110 | 别自己冲进去 | 单号 {E} | 人在哪里
! 您的安全最要紧
