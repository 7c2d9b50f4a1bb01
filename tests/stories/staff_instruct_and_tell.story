# 领导交代、社区说一单的情况：问一句，不代录
# What leaders and staff say of their work is never registered; what names a house is.
办事处甲: 让陈桥快点办
办事处甲: 天冷了注意独居老人
办事处甲: 这几天下雪，各社区注意路滑
陈桥甲: 分错类了，是路灯的事
陈桥甲: 这家没人，电话也打不通
陈桥甲: 居民不讲理，骂人
陈桥甲: 帮我写个总结
陈桥甲: 给我做个台账
陈桥甲: 不属于社区事务，建议打110
orders: 0
办事处甲: 金色春天3号楼楼道灯坏了，居民反映好几次了
> 代录
orders: 1
