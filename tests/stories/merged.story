# 两位居民报同一处井盖
# Two residents, one fault: each keeps a receipt, and when the first withdraws the second goes on.
李大爷: 兰天西路井盖丢了
> 单号 {A}
赵大姐: 兰天西路有个井盖不见了
> 单号 {B}
兰天甲: 合并 {B} {A}
> 已并入
order {B}: closed merged
李大爷: 撤回 {A}
> 已撤回
order {B}: submitted
兰天甲: 派单 {B} 兰天乙
> 已安排
# Given back or not solved too often: the office decides.
兰天乙: 退单 {B} 一
> 已退回
兰天甲: 派单 {B} 兰天乙
> 已安排
兰天乙: 退单 {B} 二
> 已退回
兰天甲: 派单 {B} 兰天乙
> 已安排
兰天乙: 退单 {B} 三
> 已退回
办事处甲: 待派
> {B}
