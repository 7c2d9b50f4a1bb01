# A hurried worker sends three orders away in one line and takes a wrong one back.
王阿姨: 金色春天3号楼2单元501想请人擦窗户，电话13900001234
> 单号 {A}
李大爷: 金色春天5号楼101想请人代买药，电话13900001235
> 单号 {B}
赵大姐: 金色春天6号楼602灯泡坏了想请人换，电话13900001236
> 单号 {C}
陈桥甲: 派单 {A} {B} {C} 党员一
> {A} | {B} | {C}
order {A}: offered
order {B}: offered
order {C}: offered
陈桥甲: 撤销
order {A}: submitted
order {B}: submitted
order {C}: submitted
told 党员一: {A}
