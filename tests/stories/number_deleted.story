# 把我电话删掉：从没办完的单里删
# The number goes out of the open orders and of what is remembered; whoever helps sees none. Everything else stays, and how all of it is deleted is said.
王阿姨: 金色春天3号楼2单元501想请人换灯泡，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 行
> 13900001234
王阿姨: 把我电话删掉
> 已从单号 {A} 里删掉 | 删除我的信息
told 党员一: {A} | 没留电话
党员一: 我的单
> {A} | 没留电话
! 13900001234
order {A}: accepted
王阿姨: 我家水龙头也漏水，金色春天3号楼2单元501
> 单号 {B} | 留个电话
王阿姨: 不留电话
! 删掉
王阿姨: 能不能删除我的号码
> 没有电话
王阿姨: 电话换成13900005678
> 5678
王阿姨: 把我电话删了吧，换成我女儿的13900009999
> 9999
王阿姨: 删除我的信息
> 街道管理员确认
orders: 3
李大爷: 我家有煤气味 金色春天5号楼201，电话13900004321
> 单号 {C}
李大爷: 把我电话删掉
! 已从单号
order {C}: U0
