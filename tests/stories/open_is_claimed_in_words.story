# An open wish is claimed in plain words.
王阿姨: 金色春天3号楼2单元501，想找人陪我聊聊天，电话13900001234
> 单号 {A}
陈桥甲: 公开 {A}
told 党员三: {A}
党员三: 我来
order {A}: accepted by:党员三
told 王阿姨: {A} | 党员三
