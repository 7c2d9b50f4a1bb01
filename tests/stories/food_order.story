# An order that was meant for a restaurant.
小林: 一份黄焖鸡米饭，不要辣，送到三楼
! 聊天说得不好
orders: 0
小林: 发错了不好意思
orders: 0
