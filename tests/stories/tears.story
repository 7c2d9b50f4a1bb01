# Grief is answered as grief.
周奶奶: 老伴走了，家里空落落的，晚上睡不着
! 聊天说得不好
周奶奶: 金色春天6号楼1单元302，想找个人陪我说说话，电话13900007777
> 单号 {A}
order {A}: submitted wish 0105
