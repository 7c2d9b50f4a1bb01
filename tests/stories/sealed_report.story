# A report: sealed, told to the discipline staff without a word of it.
周女士: 我要举报陈桥社区书记收红包
> 12388 | 单号 {A}
order {A}: restricted
told 纪检甲
not told 纪检甲: 红包
not told 陈桥甲
not told 办事处甲: 红包
纪检甲: 受限 {A}
> 红包
