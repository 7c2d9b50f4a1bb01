# 问选哪一单，说起类似的事不算选
# A dispatch waits for a choice: words that tell of something alike choose nothing.
许大妈: 金色春天1号楼101门锁坏了，请人来修，电话13900004401
> 单号 {A}
卫大爷: 金色春天9号楼202门锁打不开，请人来修，电话13900004402
> 单号 {B}
陈桥甲: 把门锁那单给党员一
> 回复序号 | {A} | {B}
陈桥甲: 情况
陈桥甲: 我家门锁也坏了
> 单号 {C}
order {A}: submitted
order {B}: submitted
not told 党员一
陈桥甲: 跳过
陈桥甲: 把门锁那单给党员一
> 回复序号
陈桥甲: 门锁打不开的人怎么这么多
order {A}: submitted
order {B}: submitted
# Words that name one, and nothing besides, do.
陈桥甲: 把门锁那单给党员一
> 回复序号
陈桥甲: 就是打不开的那单
> {B} | 已邀请
order {B}: offered
order {A}: submitted
# A resident's own matter is no answer to which of theirs is not needed.
许大妈: 金色春天1号楼101，想找人教我用手机，电话13900004401
> 单号 {D}
许大妈: 撤回
> 回复序号 | 撤回
许大妈: 我家厨房门锁也打不开了
order {D}: submitted
order {A}: submitted
