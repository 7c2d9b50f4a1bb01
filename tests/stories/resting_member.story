# Who rests is not invited, and is again afterwards.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人来换，电话13900001234
> 单号 {A}
党员一: 休息
陈桥甲: 公开 {A}
not told 党员一: {A}
told 党员二: {A}
党员一: 上岗
党员一: 待接
> {A}
党员一: 接单 {A}
order {A}: accepted by:党员一
