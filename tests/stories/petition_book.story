# A petition in substance is put on the statutory clock.
钱先生: 金色春天3号楼101，污水井说了三年没人管，电话13900001111
> 单号 {A}
陈桥甲: 信访登记 {A}
> 已登记
陈桥甲: 书面告知 {A} 已当面送达
> 已记下
