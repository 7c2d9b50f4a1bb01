# 退单、转告里报险，地点就是那一单
# Danger told behind a command with an order's number is at that order's door, the speaker is a witness, and it is asked how the person
# is. Of gas the resident hears what to do. A danger to the speaker's own body is elsewhere.
王阿姨: 金色春天8号楼1单元301想请人换灯泡，电话13900001234
> 单号 {A}
陈桥甲: 派单 {A} 党员一
党员一: 接单 {A}
党员一: 退单 {A} 他家煤气味特别大不敢进
> 燃气 | 单号 {B} | 人现在安全吗 | 8号楼1单元301 | 已退回
told 办事处甲: 地点：金色春天8号楼1单元301 | 旁人报告
told 王阿姨: 轻轻开窗
党员一: 在三楼
> {B}
李大爷: 金色春天8号楼1单元302想请人换灯泡，电话13900001235
> 单号 {C}
陈桥甲: 派单 {C} 党员二
党员二: 接单 {C}
党员二: 退单 {C} 去了他家男的正在打老婆，我不敢进
> 别自己冲进去 | 单号 {D} | 8号楼1单元302
! 您的安全最要紧
untold 李大爷: 打老婆
order {D}: submitted restricted
刘奶奶: 金色春天8号楼1单元303想请人换灯泡，电话13900001236
> 单号 {E}
陈桥甲: 派单 {E} 党员三
党员三: 接单 {E}
党员三: 退单 {E} 我骑车摔断腿了流了好多血
> 120 | 您在哪里 | 单号 {F}
! 8号楼
order {E}: submitted
