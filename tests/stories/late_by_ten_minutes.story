# A helper who is late lets the resident know in his own words.
王阿姨: 金色春天3号楼2单元501，灯泡坏了，想请人明天上午九点来换，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 好
~ 1 days
党员一: 跟她说我晚到十分钟
told 王阿姨: {A} | 十分钟
王阿姨: 不急，路上慢点
told 党员一: {A} | 不急
order {A}: accepted
orders: 1
