# In the evening: taken down, and honestly not before the morning.
~ 10 hours
李大爷: 金色春天5号楼2单元楼道灯不亮，电话13900001235
> 单号 {A} | 明
order {A}: submitted
