# Referred by mistake, taken back, told both times.
李大爷: 金色春天5号楼2单元楼道灯不亮，电话13900001235
> 单号 {A}
陈桥甲: 转介 {A} 供电公司
order {A}: closed referred
told 李大爷: {A} | 供电公司
陈桥甲: 撤销
order {A}: submitted
told 李大爷: {A}
陈桥甲: 转介 {A} 金色春天物业
order {A}: closed referred
told 李大爷: {A} | 金色春天物业
