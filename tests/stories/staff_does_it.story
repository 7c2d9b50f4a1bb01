# Staff take it themselves.
李大爷: 金色春天5号楼2单元楼道灯不亮，电话13900001235
> 单号 {A}
陈桥甲: 派单 {A} 我
order {A}: accepted by:陈桥甲
told 李大爷: {A} | 陈桥甲
陈桥甲: 完成 {A} 让物业换了
told 李大爷: {A} | 物业换了
李大爷: 满意
order {A}: closed confirmed
