# 算了，换个人来：不是撤回
# What is kept, only at another time or by somebody else, is not withdrawn; what was withdrawn is taken up again.
王阿姨: 金色春天3号楼205想请人换灯泡 13855552014
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
王阿姨: 算了，换个人吧，不要他了
> 没有撤回
order {A}: accepted
王阿姨: 我不要党员一来，换一个
order {A}: accepted
told 陈桥甲: {A} | 换一个
李大爷: 金色春天3号楼207想请人修水龙头一直响 13855552016
> 单号 {B}
李大爷: 算了还是下礼拜吧
! 撤回
李大爷: 算了还是等周末吧
! 撤回
李大爷: 算了我等周末儿子回来再说，你们周一来
> 周一
order {B}: submitted
李大爷: 不响了，不用来了
order {B}: withdrawn
李大爷: 又响了，还是来吧
> {B} 接着办
order {B}: submitted
李大爷: 算了，不用来了
order {B}: withdrawn
李大爷: 还是换不了，太高了，你们来吧
> {B} 接着办
李大爷: 算了，周末我儿子回来换
order {B}: withdrawn
李大爷: 我家下水道还是要请人通一下
> 单号 {C}
order {B}: withdrawn
