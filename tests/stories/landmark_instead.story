# Who knows no community names a house.
周奶奶: 家里灯泡坏了，想请人帮忙换一下
> 单号 {A}
周奶奶: 我不晓得哪个社区，我住金色春天三号楼
> 金色春天3号楼
orders: 1
陈桥甲: 待派
> {A}
