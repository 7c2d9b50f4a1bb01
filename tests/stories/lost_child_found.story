# A child is missing, and found.
刘女士: 孩子放学到现在没找到，八岁，穿红外套
> 110 | 单号 {A}
order {A}: emergency U0 0808
told 陈桥甲/办事处甲: {A}
刘女士: 找到了，在同学家
> {A}
