# Typos and emoji are understood.
小王: 务业不管😡金色春天5号楼楼到灯坏了💡电话13900006666
> 单号 {A}
order {A}: submitted 0203
