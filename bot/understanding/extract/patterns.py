"""The regular expressions of sides of a place, of corrections and of the numbers that belong to a person."""

import re

from bot.understanding.extract.numerals import NUMERAL

SIDE = re.compile(
    r"(?:东头|西头|南头|北头|东侧|西侧|南侧|北侧|东门|西门|南门|北门|后门|前门|正门|大门口|侧门|门口|门前|(?<!号)楼下|(?<=号楼)下(?![水雨雪来去楼])"
    r"|(?<!号)楼[后前]|对面|旁边|拐角|路口|(?<=[路街巷])口|(?<!\d)[\d一二三四]号门(?!口)|[东西南北前后]面|[东西南北]边(?!的?小区)|中段|东段|西段|南段|北段|(?:负[一二三]层?|b[1-3])?(?:地下)?车库|地下室|顶楼|车棚)"
)
_SITE = (
    "配电[房室箱]|变电[站所]|变压器|高压线|电线杆|工地|幼儿园|学校|[水池]塘|马路|电梯|煤气站|加油站|充电桩|井盖|消防栓|燃气表"
    "|派出所|医院|超市|菜市场|停车场|楼道|单元门|大桥|铁路"
)
_BESIDE = "门?口|门前|旁边?|边上?|[下后前对]面|中间|附近|[那这][边里儿]|路口|拐角"
ONLY_BESIDE = re.compile(
    r"(?:我们?|人)?(?:就|正|现在)?在[\u4e00-\u9fff\d]{1,6}?"
    r"(?:旁边|边上|下面|上面|后面|前面|对面|附近|那边|这边|门口|路口|拐角|楼下|[东西南北]边)(?:那里|那儿|这里|这儿)?"
    rf"|(?:我们?)?(?:就|正|现在)?(?:是|在)?[那这]?个?(?:{_SITE})(?:{_BESIDE})|(?:我们?)?(?:就|正|现在)?在楼道里"
)
"""A whole message that only says beside what it is; inside something (水里面) is not meant."""
NUMBER = re.compile(rf"[{NUMERAL}]")
DOOR_CHARACTER = re.compile(rf"[{NUMERAL}a-z]")
HOUSE = re.compile(r"\s*\d{1,4}(?:弄\d{1,4})?号(?!楼|线|院)")
BETWEEN = re.compile(r"[ ,，的-]*(?:[一二三四五六七八九\da-z东西南北][期区])?[ ,，的-]*")
"""What may stand between two parts of one place (金色春天二期3栋)."""
BEGINS_ANOTHER = re.compile(r"[\u4e00-\u9fff]{0,2}(?:路|街|巷|大道|桥|学校|小学|中学|幼儿园|商场|超市|酒店|医院)")
"""Behind a short name: it is but the beginning of another name (兰天小学)."""
_PLACED = r"[\da-z一二三四五六七八九十号栋幢座楼单元室层\u4e00-\u9fff#-]"
NOT_BUT = re.compile(
    rf"(?<![是要])不(?:是|在|住)(?!说|吗|不|因为|我们?不|有|人)(?:住|在)?({_PLACED}{{2,9}}?)(?<![吗嘛么])"
    r"(?=的?[,，\s]*(?:而)?(?:我?(?<!不)是|在)|[,，。!！\s]*$|的?[,，。]|的我)"
)
"""不是3栋是5栋: what the sender says it is not."""
_DOOR = r"(?:[a-z]|[\d一二三四五六七八九十]{1,3})(?:号楼|栋|幢|座|单元|#|楼|号)"
TAKEN_BACK = re.compile(
    rf"({_DOOR})[^\d栋幢]{{0,12}}?(?:不对|不不|哦不|啊不|呃不|噢不|额不|[说写打弄搞发讲]错了?|错了|更正)[^\d。栋幢]{{0,6}}?(?={_DOOR})"
)
"""3栋，哦不对，5栋: the door named first was wrong."""

NUMBERED = re.compile(r"(?:编号|序号|杆号|灯号|表号|箱号)(?:是|为|[:：])?\s*[a-z]{0,3}-?\d{1,8}")
"""The number written on a thing, such as a lamp post: it names the thing and tells nothing else."""

IDENTITY = re.compile(r"(?<![\da-z])\d{6}(?:19|20)\d{2}(?:0\d|1[0-2])[0-3]\d\d{3}[\dx](?![\da-z])")
BANK_CARD = re.compile(r"(?<!\d)\d(?:[\s-]?\d){14,18}(?!\d)")
