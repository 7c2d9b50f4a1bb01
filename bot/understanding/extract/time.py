"""Reads when somebody wants something done; when something happened, and how long it has lasted, is no such time."""

import re

from bot.understanding.models.expressions import Expression
from bot.understanding.normalize import Plain

_NUM = "[0-9一二三四五六七八九十两]{1,3}"
_WEEKDAY = "(?:周|星期|礼拜)[一二三四五六日天1-6](?!小)"
_NTH = r"的?(?:(?:第|头)[0-9一二三四五六七八九十两]{1,3}|最后[一两])个?"
_OF_WEEK = rf"{_NTH}(?:工作日|[天日])"
_OF_MONTH = (
    rf"(?:底(?:最后一天)?|初[一二三四五六七八九十]{{1,2}}(?![定直般下起次])|初|末|[上中下]旬"
    rf"|{_NTH}(?:{_WEEKDAY}|周末|双休日|工作日|星期|礼拜|周|[天日]))"
)
"""Which day or part of the month that is named before it."""
_SOON = (
    r"(?:大{1,5}后[天日]|后[天日]|明[天日儿个]|明[早晚](?!点(?!钟))"
    rf"|下{{1,5}}个?(?:周|星期|礼拜)(?:[一二三四五六日天末]|{_OF_WEEK})?"
    rf"|下{{1,5}}个?月(?:{_OF_MONTH}|[0-9一二三四五六七八九十]{{1,3}}[号日])?"
    rf"|过(?:几|两|{_NUM})天|改天|(?<!\d)(?:{_NUM}天|(?:半|{_NUM})个?(?:小时|月|年|星期|礼拜|周|工作日))(?:以后|之?内|后))"
)
"""Days that can only lie ahead."""
_OPEN_DAY = (
    rf"(?:今[天日晚早夜儿]|这[两几]天|当天|(?:这|本|每)个?{_WEEKDAY}|{_WEEKDAY}|(?:这个?|本)(?:周|星期|礼拜)末?|(?:这个?|每个?)?(?:周末|双休日)"
    rf"|(?:这个?月|本月){_OF_MONTH}|月(?:底|初|中旬|末)|每天|(?:国庆|五一|十一|元旦|春节|过年|中秋|端午|清明|寒假|暑假|放假|节假日|开学|开春|年底|(?<![\d一二三四五六七八九十几多半])年[前后]|节后|节前|元宵)"
    rf"(?:节|假期|期间|放假|当天|那天|后?的?第{_NUM}天)?|大年(?:初[一二三四五六七八]|三十)|[正腊]月(?:初?{_NUM}|底)?|(?:\d{{4}}年)?{_NUM}月份?{_OF_MONTH}|(?:\d{{4}}年)?{_NUM}月(?:份|{_NUM}[日号]?)|(?<![第\da-z路街巷道弄])[0-9二三十]?[0-9一二三四五六七八九十]{{1,2}}[号日](?![楼门栋线院房网充电公]|单元|台))"
)
"""Days that may lie behind, or come again and again: the words around them tell."""
_PART = (
    r"(?:凌晨|清晨|一?大?早上|早晨|一大?早|上午|中午|午后|下午|傍晚|晚上|夜里|半夜|白天|晚间|[早晚](?!一?点(?!钟|半)))"
)
_HOUR = r"(?:[0-9一二三四五六七八九十两]{1,3}(?:点(?!单|名|儿|击|赞|心|用)|时(?!间|候))(?:半|一刻|三刻|[0-9一二三四五六七八九十]{1,3}分?|钟|多)?|\d{1,2}:\d{2})"
_A_BIT = (
    r"一点(?:(?<![午上晚晨夜]..)(?<![天日号]..)(?<![周期拜][一二三四五六末]..)(?!钟|半|多|到|以|之|前|后|整)"
    r"|(?<=[天日号六末五四三二一]..)(?!钟|半|多|到|以|之|前|后|整|左右|[来过去修能可行吧吗,，。!！?？]|有空|$)|(?=[都也儿点水电气热网光空没不]|时间|动静|效果|反应|办法))"
)
"""一点 as "a bit": not behind a day or a part of it with something to do behind it."""
_CLOCK = rf"(?<![\d有差快慢第])(?<![早晚多少大小好](?=[一两二]点(?!钟|半)))(?!{_A_BIT}){_HOUR}"
_TO = r"\s*(?:到|至|-|~|—|和|或者?|、)\s*"
_AFTER = r"(?:以后|之后|以前|之前|左右|期间|后(?![天面来])|前(?![天面后往]))"
_TAIL = rf"(?:的?{_PART})?(?:的?{_CLOCK}(?:{_TO}(?:{_PART})?{_HOUR})?)?{_AFTER}?"
_ANY = Expression(
    rf"(?P<soon>{_SOON}{_TAIL}(?:{_TO}(?:{_SOON}|{_OPEN_DAY}){_TAIL})?)"
    rf"|(?P<vague>随时(?=$|[,，。!！]|都?可以|都?能|都?行|都?方便|都?有空|都?在|来|联系|打|过来|欢迎|找|叫|上门)|尽快|尽早|越快越好)"
    rf"|(?P<open>下了?班(?:以?后|之后)(?:{_PART})?|吃过?[早中午晚]?饭(?:以?后|之后)|[早中午晚]饭(?:以?后|前)|饭后|{_OPEN_DAY}{_TAIL}(?:{_TO}{_OPEN_DAY}{_TAIL})?|{_PART}{_CLOCK}(?:{_TO}(?:{_PART})?{_HOUR})?{_AFTER}?|{_CLOCK}(?:{_TO}(?:{_PART})?{_HOUR})?{_AFTER}?)"
    rf"|(?P<part>(?![早晚](?![上晨间])){_PART}(?:{_TO}{_PART})?|现在|马上|全天|一整天)"
)
_CLAUSE = re.compile(r"[,，。!！?？;；\n]")
_EACH_DAY = ("每天", "每晚", "天天")
_PAST = re.compile(
    r"昨|前天|大前|上(?:个?(?:周|星期|礼拜|月|次|回)|午就|一[次周])|去年|前年|刚刚?|从|自从|开始|到现在|至今|一直|天天|每天.*(?:吵|闹|噪|响|跳|打|施工|停)|每晚|经常|老是|总是|当时|那天|已经|就(?:没|停|坏|开始|报|说)"
    r"|又(?:停|坏|没|是|来|漏|堵|开)|来过|没来|没动静|没人(?:来|修|管|扫|理|接电|收)|不来|没修|过[了的]?$|[交买报修办签搬装住打说约]的|(?<!好|完|为|除)了(?!吗|么|解|再|就|以后|之后|$)|睡不着|不让人睡|还[在施打吵跳唱响放]|吵|半夜|凌晨|电话.{0,2}(?:没|打不通)|出去的|天气|扰民|说.{0,9}[的了]$"
)
_WISH = re.compile(
    r"能|可以|可否|行[吗不么]|来[吗不看修人一吧个呗给帮]|呗|打给|打我|找我|改[到成约在]|过来|上门|方便|在家|有空|有人|有时间|想|要|麻烦|帮|请|约|联系|打(?:我)?电话|再|吗|之前|以前|前|好不好|怎么样|都行|也行|都有|开门|上班|值班|几点|回话|回复|不$|安排|派|办理|送|接|陪|需要|希望|务必|(?<!电话)没人[看接陪照]|给.*答复|参加|报名"
)
_COME = re.compile(
    r"[能可].{0,4}(?:来|去|修|派|联系|上门)|来[吗修人看一吧个呗]|过来|上门|(?<!没人)在家|有空|有时间|方便|联系|打.{0,3}电话|来可以|约|送来|派人|来人"
)
_MOVED = re.compile(r"改(?:到|成|为|在|约)?$")
_CANNOT = re.compile(r"[^,，。]{0,3}(?:不行|没空|不在|不方便|没时间|来不了|有事)")
_LEAD = 14
"""So many characters before a time belong to it at most."""
_NEAR = 120
"""So many characters behind a time are looked at."""
_SHORT = 4
"""A time with so little behind it in its clause is spoken on in the next one (周六，来修吧)."""


def find_when(plain: Plain) -> str | None:
    """The words that say when it is wanted, as they were said; None where there are none."""
    text = plain.text
    wanted = [found for found in _ANY.finditer(text) if _is_wanted(text, found)]
    if not wanted:
        return None
    exact = [found for found in wanted if found.lastgroup != "vague"]
    moved = [found for found in exact if _MOVED.search(text[max(found.start() - _LEAD, 0) : found.start()])]
    suits = next((found for found in moved or exact if not _CANNOT.match(text, found.end())), (exact or wanted)[0])
    start, end = plain.raw_span(*suits.span())
    return plain.raw[start:end].strip()


def _is_wanted(text: str, found: re.Match[str]) -> bool:
    """Whether the time lies ahead and something is to happen then."""
    before = _CLAUSE.split(text[max(found.start() - _LEAD, 0) : found.start()])[-1]
    rest = text[found.end() : found.end() + _NEAR]
    after = _CLAUSE.split(rest)[0]
    clause, said = f"{before} {after}", found.group()
    past = bool(_PAST.search(clause)) or before.endswith("于")
    match found.lastgroup:
        case "vague":
            return True
        case "soon":
            told = re.search(r"[说约讲](?:是|好)?[的了]?$", before) and re.search("没|结果|不|说了|到现在", text)
            return not told and not (past and said.endswith("后"))
        case "part":
            return not past and bool(_COME.search(clause)) and not before.endswith(("每", "天天"))
    if said.startswith(_EACH_DAY):
        return not past and bool(_COME.search(clause))
    asked = _WISH.search(clause) or (len(after) <= _SHORT and _WISH.search(rest[:_LEAD]))
    alone = len(text) - len(said) <= 2 or said.endswith(("前", "内"))
    return not past and (alone or bool(asked))
