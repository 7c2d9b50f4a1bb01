# A formal letter, answered soberly.
退休教师: 尊敬的领导：您好！我是金色春天8号楼2单元的居民。近一个月来，楼下广场舞每晚持续到十点，音响声音很大，严重影响孩子学习和老人休息，恳请有关部门协调解决。此致敬礼。电话13900005555
> 单号 {A}
order {A}: submitted matter 0702
陈桥甲: 派单 {A} 陈桥乙
told 退休教师: {A} | 陈桥乙
陈桥乙: 完成 {A} 已与领队约定九点前结束，音量降低
told 退休教师: {A} | 九点前结束
退休教师: 非常满意，感谢！
order {A}: closed confirmed
