# Praise is passed on as praise.
李大爷: 表扬陈桥社区的陈桥乙，大热天帮我跑了三趟，电话13900001235
> 单号 {A}
order {A}: submitted feedback 1602
