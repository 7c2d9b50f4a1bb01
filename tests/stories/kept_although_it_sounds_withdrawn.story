# 算了还是周六吧：改时间，不是撤回
# Words that only sound like a withdrawal, and those that withdraw.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
王阿姨: 算了明天上午吧
> 明天上午
! 撤回
王阿姨: 算了还是周六吧
> 周六
! 撤回
王阿姨: 不用撤，我再等等
> 没有撤回
王阿姨: 算了算了你们快点来吧
> 已补充
! 撤回
王阿姨: 要是明天还没人来我就不用了
> 已补充
! 撤回
王阿姨: 再不来我就不要了
! 撤回
王阿姨: 我邻居说不用找你们，他会修，但是他明天才回来，你们先来看看吧
> 已补充
! 撤回
王阿姨: 算了，不等了，我明天再找你们
> 没有撤回 | 撤回 {A}
order {A}: submitted
orders: 1
王阿姨: 算了，我女婿来弄好了
> 已撤回
order {A}: closed withdrawn
王阿姨: 还是要的，女婿来不了了
> {A} | 接着办
order {A}: submitted
told 陈桥甲: 还是要的
orders: 1
王阿姨: 要是还没派人就别派了，灯自己亮了
order {A}: closed withdrawn
