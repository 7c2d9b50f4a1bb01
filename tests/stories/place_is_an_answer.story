# A reply that says where it is answers the question, whatever its floor sounds like; one word makes two orders one.
王阿姨: 家里的灯泡憋了，想请人换一换
> 单号 {A} | 哪个社区
王阿姨: 社区啥的我弄不清，反正是金色春天四号楼一单元六楼
> 单号 {A} | 4号楼
order {A}: wish 0102
orders: 1
王阿姨: 跳过
李大爷: 金色春天2号楼楼道灯不亮，电话13900005678
> 单号 {B}
李大爷: 金色春天2号楼垃圾没人倒
> 单号 {C}
李大爷: 一件事
> 单号 {B}
order {C}: closed merged
