# An administrator may do what staff of any community may.
李大爷: 新锐巷路灯不亮，电话13900001235
> 单号 {A}
办事处甲: 派单 {A} 陈桥乙
order {A}: accepted by:陈桥乙
told 陈桥乙: {A}
郑大爷: 佛教巷路灯不亮，电话13900003456
> 单号 {B}
办事处甲: 转介 {B} 市政照明所
order {B}: closed referred
told 郑大爷: {B} | 市政照明所
