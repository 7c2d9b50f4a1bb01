# 小区改了又改回来，门牌还在
# A correction that names the estate alone leaves building, unit and room as they were.
王阿姨: 金色春天8号楼2单元301想请人换灯泡，电话13900001234
> 单号 {A}
王阿姨: 不对，是龙山小区
> 龙山小区8号楼2单元301室
王阿姨: 不对还是金色春天
> 金色春天8号楼2单元301室
told 陈桥甲: {A} | 金色春天
王阿姨: 不对，是金色春天9号楼
> 金色春天9号楼2单元301室
orders: 1
