# A long letter with two matters and much else.
退休教师: 尊敬的社区领导：我是金色春天8号楼的住户，今年七十三岁。第一，我们单元电梯经常坏，前天又停了一整天，没困人；第二，小区北门口的垃圾堆了一个星期没人清运，夏天味道很大。以上两件事恳请解决。电话13900005555
> 单号 {A} | 单号 {B}
order {A}: submitted
order {B}: submitted
orders: 2
