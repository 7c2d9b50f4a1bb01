# Grief hears a warm word first; a child that is beaten is asked where it is; anger hears a sorry, and thanks alone a welcome.
周女士: 老头子去年走了，家里空荡荡的，天天睡不着
> 12356
小林: 妈妈拿皮带抽我，我锁在房间里
> 110 | 12355 | 在哪里 | 单号 {A}
! 12338
order {A}: restricted U0
李大爷: 这里是不是社区
> 便民服务号
李大爷: 你们书记电话多少
> 值班电话
李大爷: 金色春天2号楼楼道灯不亮，电话13900005678
> 单号 {B}
李大爷: 天天说有人来，你们都是死人啊
> 对不起 | {B} | 人工
李大爷: 别让他们花钱，材料费我出
> 不收钱
