# 煤气味、起火：先说打什么电话
# Danger: the number to call first, in the same reply.
王阿姨: 厨房里有煤气味，头晕
> 119 | 单号 {A}
order {A}: submitted
李大爷: 我家楼上着火了
> 119 | 单号 {B}
赵大姐: 去年着火那家现在还空着，垃圾没人清
! 马上打火警
