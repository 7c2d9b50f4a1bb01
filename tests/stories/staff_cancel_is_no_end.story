# 社区说“取消”，报过的警还在
# 取消 alone is a word of staff's work: it ends no alarm of their own. What says that the danger is over, or that nobody need come, does.
陈桥甲: 我家厨房有煤气味 金色春天8号楼101
> 单号 {A}
陈桥甲: 取消
> 没有取消 | {A} | 撤回 {A}
not told 陈桥乙: 撤回了
order {A}: submitted U0
陈桥甲: 算了
> 没有取消
order {A}: submitted U0
陈桥甲: 不用来了
> 已撤回
order {A}: withdrawn
李大爷: 我家厨房有煤气味 金色春天5号楼201
> 单号 {B}
李大爷: 取消
> 已撤回
order {B}: withdrawn
