# 两件事一句话：一件不要了，一件照办
# One message about two orders: each clause is about the order that it names.
王阿姨: 金色春天3号楼2单元501厨房灯泡坏了，想请人换一下，电话13900001234
> 单号 {A}
王阿姨: 想找人教我用手机交电费
> 单号 {B}
王阿姨: 灯泡那个不用了，手机还是要教的
> 单号 {A} 已撤回
order {A}: closed withdrawn
order {B}: submitted
