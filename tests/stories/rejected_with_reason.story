# Not accepted, with the reason in full.
李大爷: 金色春天5号楼想加装一部电梯什么时候装，电话13900001235
> 单号 {A}
陈桥甲: 不予受理 {A} 加装电梯需业主三分之二以上同意后由业委会申报，请先联系业委会
order {A}: closed rejected
told 李大爷: {A} | 三分之二以上同意 | 业委会
