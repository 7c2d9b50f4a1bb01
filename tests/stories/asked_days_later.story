# A short answer three days later still goes where it belongs.
李大爷: 金色春天5号楼2单元楼道灯不亮，电话13900001235
> 单号 {A}
陈桥甲: 追问 {A} 几楼到几楼不亮？
told 李大爷: {A} | 几楼到几楼
order {A}: needs_info
~ 2 days
李大爷: 三楼到四楼
order {A}: submitted
told 陈桥甲: {A} | 三楼到四楼
orders: 1
