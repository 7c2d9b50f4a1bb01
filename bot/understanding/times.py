"""Reads when somebody wants something done; when something happened, and how long it has lasted, is no such time."""

import re

from bot.understanding.folding import Plain

_NUM = "[0-9一二三四五六七八九十两]{1,3}"
_WEEKDAY = "(?:周|星期|礼拜)[一二三四五六日天1-6](?!小)"
_SOON = (
    r"(?:大后[天日]|后[天日]|明[天日儿个]|明[早晚](?!点)|(?:下下|下)个?(?:周|星期|礼拜)(?:[一二三四五六日天末])?|下周末|下个月(?:初|底|中旬)?"
    rf"|下月(?:初|底)?|过(?:几|两|{_NUM})天|改天|(?:{_NUM}天|(?:半|{_NUM})个?(?:小时|月|年|星期|礼拜|周|工作日))(?:以后|之?内|后))"
)
"""Days that can only lie ahead."""
_OPEN_DAY = (
    rf"(?:今[天日晚早夜儿]|当天|(?:这|本|每)个?{_WEEKDAY}|{_WEEKDAY}|(?:这个?|本)(?:周|星期|礼拜)末?|(?:这个?|每个?)?(?:周末|双休日)"
    rf"|(?:这个?月|本月|月)(?:底|初|中旬|末)|每天|(?:国庆|五一|十一|元旦|春节|过年|中秋|端午|清明|寒假|暑假|放假|节假日|开学|开春|年底|(?<![\d一二三四五六七八九十几多半])年[前后]|节后|节前|元宵)"
    rf"(?:节|假期|期间|放假|当天|那天)?|(?:\d{{4}}年)?{_NUM}月(?:份|{_NUM}[日号]?)|(?<![第\da-z路街巷道弄])[0-9二三十]?[0-9一二三四五六七八九十]{{1,2}}[号日](?![楼门栋线院房网充电公]|单元|台))"
)
"""Days that may lie behind, or come again and again: the words around them tell."""
_PART = r"(?:凌晨|清晨|一?大?早上|早晨|一大?早|上午|中午|午后|下午|傍晚|晚上|夜里|半夜|白天|晚间|早|晚)"
_HOUR = r"(?:[0-9一二三四五六七八九十两]{1,3}(?:点(?!单|名|都|也|儿|击|赞|心|用)|时(?!间|候))(?:半|一刻|三刻|[0-9一二三四五六七八九十]{1,3}分?|钟|多)?|\d{1,2}:\d{2})"
_CLOCK = rf"(?<![\d有差快慢第])(?<![早晚多少大小好](?=[一两二]点))(?!一点(?!钟|半|多|到|以|之|前|后)){_HOUR}"
_TO = r"\s*(?:到|至|-|~|—|和|或者?|、)\s*"
_AFTER = r"(?:以后|之后|以前|之前|左右|期间|后(?![天面来])|前(?![天面后]))"
_TAIL = rf"(?:的?{_PART})?(?:的?{_CLOCK}(?:{_TO}(?:{_PART})?{_HOUR})?)?{_AFTER}?"
_ANY = re.compile(
    rf"(?P<soon>{_SOON}{_TAIL}(?:{_TO}(?:{_SOON}|{_OPEN_DAY}){_TAIL})?|随时|尽快|尽早|越快越好)"
    rf"|(?P<open>下了?班(?:以?后|之后)(?:{_PART})?|吃过?[早中午晚]?饭(?:以?后|之后)|[早中午晚]饭(?:以?后|前)|饭后|{_OPEN_DAY}{_TAIL}(?:{_TO}{_OPEN_DAY}{_TAIL})?|{_PART}{_CLOCK}(?:{_TO}(?:{_PART})?{_HOUR})?{_AFTER}?|{_CLOCK}(?:{_TO}(?:{_PART})?{_HOUR})?{_AFTER}?)"
    rf"|(?P<part>{_PART}(?:{_TO}{_PART})?|现在|马上|全天|一整天)"
)
_CLAUSE = re.compile(r"[,，。!！?？;；\n]")
_EACH_DAY = ("每天", "每晚", "天天")
_PAST = re.compile(
    r"昨|前天|大前|上(?:个?(?:周|星期|礼拜|月|次|回)|午就|一[次周])|去年|前年|刚刚?|从|自从|开始|到现在|至今|一直|天天|每天.*(?:吵|闹|噪|响|跳|打|施工|停)|每晚|经常|老是|总是|当时|那天|已经|就(?:没|停|坏|开始|报|说)"
    r"|又(?:停|坏|没|是|来|漏|堵|开)|来过|没来|没动静|没人|不来|没修|过[了的]?$|[交买报修办签搬装住打说约]的|(?<!好|完|为|除)了(?!吗|么|解|再|就|以后|之后|$)|睡不着|不让人睡|还[在施打吵跳唱响放]|吵|半夜|凌晨|出去的|天气|扰民|说.{0,9}[的了]$"
)
_WISH = re.compile(
    r"能|可以|可否|行[吗不么]|来[吗不看修人一吧个呗]|过来|上门|方便|在家|有空|有人|有时间|想|要|麻烦|帮|请|约|联系|打(?:我)?电话|再|吗|之前|以前|前|好不好|怎么样|都行|也行|都有|开门|上班|值班|几点|回话|回复|不$|安排|派|办理|送|接|陪|需要|希望|务必|给.*答复|参加|报名"
)
_COME = re.compile(
    r"[能可].{0,4}(?:来|去|修|派|联系|上门)|来[吗修人看一吧个呗]|过来|上门|在家|有空|有时间|方便|联系|打.{0,3}电话|来可以|约|送来"
)
_CANNOT = re.compile(r"[^,，。]{0,3}(?:不行|没空|不在|不方便|没时间|来不了|有事)")
_AROUND = 14


def find_when(plain: Plain) -> str | None:
    """The words that say when it is wanted, as they were said; None where there are none."""
    text = plain.text
    wanted = [found for found in _ANY.finditer(text) if _is_wanted(text, found)]
    if not wanted:
        return None
    suits = next((found for found in wanted if not _CANNOT.match(text, found.end())), wanted[0])
    start, end = plain.raw_span(*suits.span())
    return plain.raw[start:end].strip()


def _is_wanted(text: str, found: re.Match[str]) -> bool:
    """Whether the time lies ahead and something is to happen then."""
    before = _CLAUSE.split(text[: found.start()])[-1]
    clause = before[-_AROUND:] + " " + _CLAUSE.split(text[found.end() :])[0]
    kind, past, said = found.lastgroup, bool(_PAST.search(clause)), found.group()
    if kind == "soon":
        told = re.search(r"[说约讲](?:是|好)?[的了]?$", before) and re.search("没|结果|不", text)
        return not told and not (past and said.endswith("后"))
    if said.startswith(_EACH_DAY):
        return not past and bool(_COME.search(clause))
    if kind == "part":
        return bool(_COME.search(clause)) and not past and not before.endswith(("昨天", "每天", "天天", "前天"))
    alone = len(text) - len(said) <= 3 or said.endswith(("前", "后", "内"))
    return not past and (alone or bool(_WISH.search(clause) or _WISH.search(text[found.end() : found.end() + _AROUND])))
