# 另一个社区的事，不会派到原来的地址
# A place belongs to its community: whoever tells of another one is not sent to the old door.
何大妈: 金色春天3号楼楼道灯坏了，电话13800001240
> 金色春天3号楼
何大妈: 另外兰天社区团结路上的窨井盖松了，走上去咣咣响
> 兰天社区
何大妈: 我家水龙头漏水，想请人修一下
> 兰天社区
! 金色春天
