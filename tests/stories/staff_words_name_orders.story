# Words name orders: two are given at once, one goes to somebody else, two are one; none is taken down anew.
李大爷: 金色春天5号楼101想请人代买药，电话13900001235
> 单号 {A}
王阿姨: 金色春天3号楼2单元楼道灯不亮，电话13900001234
> 单号 {B}
陈桥甲: 买药那单给党员一 楼道灯那单我来
order {A}: offered
order {B}: accepted by:陈桥甲
陈桥甲: 买药那单换成党员二
order {A}: offered
told 党员二: {A}
陈桥甲: 完成 {B} 物业换了
order {B}: done
陈桥甲: 完成 老人送医院了
> 没有
orders: 2
