# Medicine for an old woman who speaks as at home.
丁奶奶: 俺腿脚不中，下不得楼，想寻个人代买点降压药，金色春天9号楼1单元201，13900007766
> 单号 {A}
order {A}: submitted wish 0104
陈桥甲: 派单 {A} 党员二
党员二: 中
order {A}: accepted by:党员二
党员二: 转告 {A} 您要哪种降压药？
told 丁奶奶: {A} | 降压药
丁奶奶: 白盒子那种，一天一粒的
told 党员二: {A} | 白盒子
党员二: 药送到了
order {A}: done
丁奶奶: 收到药了，好娃娃
orders: 1
