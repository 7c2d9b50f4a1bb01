# 在电脑上登录工作台
# Nobody has asked for this code on a page: it is refused, and words behind it are read as ever.
陈桥甲: 登录
> 登录页 | 六位数字
陈桥甲: 登陆 000001
> 没有这个数字
陈桥甲: 是
! 工作台马上打开
王阿姨: 登录 000001
> 要有相应身份
王阿姨: 登录不了医保的网站，怎么办
! 要有相应身份
党员一: 登录 000001，我家里着火了
> 没有这个数字 | 119
! 工作台马上打开
