# An open wish is shown within its community.
郑大爷: 兰天社区佛教巷8号，想请人帮忙搬个柜子，电话13900003456
> 单号 {A}
兰天甲: 公开 {A}
told 党员四: {A}
党员四: 待接
> {A}
! 13900003456
党员四: 接单 {A}
order {A}: accepted by:党员四
told 郑大爷: {A} | 党员四
