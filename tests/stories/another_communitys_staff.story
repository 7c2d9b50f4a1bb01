# Staff of another community can do nothing and see nothing.
李大爷: 新锐巷路灯不亮，电话13900001235
> 单号 {A}
兰天甲: 派单 {A} 兰天乙
order {A}: submitted
兰天甲: 待派
! {A}
兰天甲: 答复 {A} 已修
not told 李大爷: 已修
order {A}: submitted
