# Three things are open: the name and the helper say which is meant; an ordinal that may mean two of them is asked about.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
王阿姨: 金色春天3号楼2单元501，想找人教我用手机
> 单号 {B}
王阿姨: 金色春天3号楼门口广场舞半夜还在吵
> 单号 {C}
陈桥甲: 派单 {B} 党员一
党员一: 接单 {B}
王阿姨: 换灯那个有人接了没
> {A}
王阿姨: 教手机那个后天上午九点吧
> {B}
told 党员一: 九点
王阿姨: 第三个不用了
> {A} | {B} | {C}
order {C}: submitted
王阿姨: 广场舞那个不用了
order {C}: closed withdrawn
order {A}: submitted
orders: 3
