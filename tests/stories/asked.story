# 社区追问，居民补充
# Staff ask; the plain answer reaches them, however short it is, and days later too.
王阿姨: 陈桥社区想请人擦窗户
> 单号 {A}
陈桥甲: 追问 {A} 几扇窗户？
> 已向居民追问
order {A}: needs_info
王阿姨: 四扇
> 记好了 | {A}
order {A}: submitted
# What a word needs, and whose word it is.
陈桥甲: 归类 {A}
> 请写上类别
王阿姨: 待派
> 要有相应身份
王阿姨: 受限
> 要有相应身份
王阿姨: 取消
> 已撤回
党员一: 退单
> 手上没有
党员二: 进度 {A}
> 没有找到
