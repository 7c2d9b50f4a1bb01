# Times and words that are said in passing move no appointment, and nobody who has not promised to come reads the door.
王阿姨: 金色春天3号楼2单元501，厨房灯泡坏了，想请人明天上午九点来换一下，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
王阿姨: 九点不行，改到后天十点来，我家501，打我电话13912345678，我叫王小红
told 党员一: {A} | 后天上午十点
not told 党员一: 501/王小红/13912345678
told 陈桥甲: {A} | 后天上午十点
党员一: 行
党员一: 晚上好
not told 王阿姨: 改到：后天晚上
党员一: 上午好啊
not told 王阿姨: 改到：
王阿姨: 来之前提前一天告诉我
not told 党员一: 把时间改到
王阿姨: 我跟医院约了九点
not told 党员一: 把时间改到
党员一: 改到下午三点三十分去，行不
told 王阿姨: 三点三十分
王阿姨: 晚一个小时
> 下午四点半
told 党员一: 下午四点半
王阿姨: 往后推半天
! 把时间改
told 党员一: 往后推半天
王阿姨: 从早上停水到现在没来水
> 单号 {B}
not told 党员一: 没人来
王阿姨: 跟物业说了好几次都不管，楼道里天天有人抽烟
not told 党员一: 抽烟
order {A}: accepted by:党员一
