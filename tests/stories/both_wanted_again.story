# 撤回的两件都还要
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
王阿姨: 想找人教我用手机交电费
> 单号 {B}
王阿姨: 都不用了
order {A}: closed withdrawn
order {B}: closed withdrawn
王阿姨: 还是要的，两件都要
> {A} | {B} | 接着办
order {A}: submitted
order {B}: submitted
王阿姨: 都撤了吧，另外家里马桶堵了想请人通
> {A} | {B} | 已撤回 | 收到了
order {A}: closed withdrawn
order {B}: closed withdrawn
orders: 3
王阿姨: 还是要的，另外再帮我通一下下水道
> {A} | {B} | 接着办 | 收到了
orders: 4
