"""Reads estates, roads and landmarks that are on no list, by the way such names end and what stands around them."""

import re
from collections.abc import Iterable

from bot.understanding.extract.address import Span

LONGEST = 8
"""A name has no more characters before its ending."""
_CHINESE = "\u4e00-\u9fff"
_DOOR = r"(?=\s*(?:[a-z]?\d{1,3}|[a-z]|[一二三四五六七八九十]{1,3})\s*(?:期|区|号楼|栋|幢|座|#|号\d{3}|[-–—]\d))"
"""A building's number right behind: only then are the less telling endings a name."""
_COMMON = (
    "楼梯灯道门水电气暖垃圾桶车停库物业管保安消防监控施工装修漏堵坏吵闹户家主租客孩老人居民邻妈爸们反映投诉请问的了是在有没不到去来和跟与我你他这那哪几两每一二三四五六七八九十号区社"
    "今明昨天早晚上下里外前后左右对旁边路口第又就都也还想要说叫帮给让找看从把被写错打应该更正改成记补充地址位置现原单元层间室头网格街巷"
)
"""Characters of what people write about: a name made of others is the name of an estate (恒大名都, 书香门第)."""
_SURE = (
    "小区|花园|花苑|[家嘉佳景雅春馨]园|新村|公寓|[雅名嘉佳华家新馨锦丽景和翠]苑|[华名首御]府|[华豪雅和]庭|名邸|公馆|山庄|名[城都门居]"
    "|新城(?!区)|世家|豪园|花城|雅居|安置点|大厦"
)
_PLAIN = re.compile(
    "小区|花园|公寓|新村|山庄|大厦|公馆|家园|雅居|安置点|国际|天下|人家|一号|时代|广场|中心|东方|[城里院台都村]"
)
"""Endings that are words by themselves: the name before them has at least two characters."""
_WITH_DOOR = "[苑园府庭郡湾居邸城里院轩阁墅岸岛洲谷都台坊厦寓村]|国际|天下|人家|一号|时代|印象|世纪|公元|广场|中心|东方|星座|春天|阳光|半岛|之[光星家]|天[地街]|上[河城院]|[东西南北]区"
_ESTATE = re.compile(rf"(?:{_SURE})(?:小区)?|(?:{_WITH_DOOR}){_DOOR}")
_ANY_BEFORE_DOOR = re.compile(
    rf"(?:^|[\s,，。;；:：]|[住在]|我们?是|我们?家|就是|咱们?)(?P<name>(?:(?![{_COMMON}])[{_CHINESE}]){{4}}){_DOOR}(?!\s*[一二三四五六七八九十]+[期区])"
)
"""Four characters where a sentence begins, right before a building, and none of them from the words of everyday troubles."""
_BY_ITSELF = re.compile(r"(?<=花园|花苑|家园|新村|公寓|名城|名都|华府|山庄|世家|豪园|花城)小区$")
_ROAD = re.compile(
    r"(?:大道(?!理)|(?<![之道线电通网套思顺马走夜过挡迷跑短着让开绕半认带问领探滑回退无活段铁])(?<![级段乡村]公)(?<!水泥)(?<!柏油)(?<!十字)(?<!公里)(?<![泼吐漏洒滴流撒哭骂拉掉]一)路|(?<![沿逛])街(?!道|区|坊)|巷|胡同)"
    r"(?!灯|面|边|上|况|程|人(?!行)|费|由|线|子|牙|障|演|基|标|沿|牌|过|段|滑|不平|怎么|难)"
    r"(\s*\d{1,4}(?:弄\d{1,4})?号(?!楼|线))?"
)
_LANDMARK = re.compile(
    r"(?:[小中大]学|学校|幼儿园|公园|游园|广场|菜市场|农贸市场|菜场|超市|商场|医院|卫生院|服务中心|公交站|加油站|充电站|银行|大桥|桥|厂|商城|影院|体育[馆场]|图书馆)"
    r"(?:正)?(?:大?门口|门前|[东西南北后]门|旁边?|对面|附近|边上|路口|桥头|停车场|公厕|厕所)"
)

_ADMIN = re.compile(
    r"省|(?<![城超都])市(?!场|民|政)|(?<![城家老故])乡(?!村)|(?<![郊])县(?!城)|(?<!城)镇|街道(?:办)?|社区|开发区|工业园?区|(?<![小园])区"
    r"|(?<![新农山渔本全])村(?!民|里|子)|大道|[路街巷弄](?!口)|路口|[号栋幢期弄组]|居委会?|网格"
)
_NO_PART = re.compile(
    r"[我咱你您他她它]们?家?|[这那哪几每整某各两些个的了吗呢吧啊呀哦么在住是到去从跟或被把让给帮替对请找问要该说叫看报送拿有没不也就还又再很最更只坐乘于修堵]|(?<!未)来"
    r"|投诉|举报|表扬|建议|希望|呼吁|关于|咨询|知道|麻烦|你好|您好|地址|沿着?|过了|反映|附近|隔壁|旁边|前面|后面|对面|里面|外面|回家|[上下]班|出门|放学"
    r"|门口|居民|一下|下雨|暴雨|随便|另外|公里|[买套旁近]|(?<!乐)购|[进]|业主|家人|女士|先生|[东南西北]边|一[个条栋]|好多|很多|什么|现在|今天|昨天|明天|前天|刚才|晚上|早上|目前|至今|变成|提高|经过|公司|情况|凤凰办事处"
)
"""Never inside a name: a name begins after the last of these. 东 or 家 may be part of one, 的 and 在 may not."""
_ORDINARY = re.compile(
    r"^(?:[老旧新小大同全本整多高低无好破]|老旧|高[档层端]|封闭|开放式?|安置|回迁|拆迁|居民|住宅|商品房|文明|其[他它]|别人?|附近|隔壁|无物业|独立|物业|单位|单身|人才|青年|老年|养老|学生|职工|教师"
    r"|城市|农村|自家|楼顶|屋顶|后|口袋|空中|私家|自己|一楼|精神|美丽|幸福美好|平安|智慧|示范|电梯|业委会|部分|所有|大家|咱家|个别|成熟|周边|多层|新建|老破小|小区|楼道|院子|电梯里?|开发商|次新|智能)+$"
)
_ORDINARY_ROAD = re.compile(
    r"^(?:[东西南北老新旧大小主人车断走修过堵占停上下出进铺马公铁道水泥土石头板青黑柏油沥山村乡门内外一二三四五六七八九条半全整红绿泊电线网短长思套铲问迷带让回开绕]|小区|小吃|步行|消防|林荫|盲|人行|断头|学校|门前|高速公|十|百|十字|丁字|三岔|红绿|后门|进出|主干|机耕|入户|商业|美食|夜市|必经|沿)+$"
)
_ORDINARY_LANDMARK = re.compile(
    r"^(?:[这那个小大老新中一旁附近边前后有]|小区|学校|社区|村里?|街上|孩子|儿子|女儿|公立|私立|旁边|附近|外面|城里)*$"
)
_KEPT = {"人民路", "人民医院", "东大街", "南大街", "西大街", "北大街", "东门大街", "南门大街", "西门大街", "北门大街"}


def find_areas(text: str, taken: Iterable[Span]) -> dict[str, tuple[str, Span]]:
    """The first estate, road and landmark of which no character is taken already: the name and where it stands."""
    spans = list(taken)
    found: dict[str, tuple[str, Span]] = {}
    for kind, ending, ordinary, least in (
        ("estate", _ESTATE, _ORDINARY, 2),
        ("road", _ROAD, _ORDINARY_ROAD, 2),
        ("landmark", _LANDMARK, _ORDINARY_LANDMARK, 1),
    ):
        for match in ending.finditer(text):
            span = _name(text, match, ordinary, least)
            if span and not any(start < span[1] and span[0] < end for start, end in spans):
                found[kind] = (_BY_ITSELF.sub("", text[span[0] : span[1]].replace(" ", "")), span)
                spans.append(span)
                break
    other = _ANY_BEFORE_DOOR.search(text) if "estate" not in found else None
    if other and not any(start < other.end("name") and other.start("name") < end for start, end in spans):
        found["estate"] = (other["name"], other.span("name"))
    return found


def _name(text: str, ending: re.Match[str], ordinary: re.Pattern[str], least: int) -> Span | None:
    """From the last character that cannot belong to the name to its ending; None where too little or too much is left."""
    start = ending.start()
    while start > 0 and ending.start() - start < LONGEST and re.match(rf"[{_CHINESE}]", text[start - 1]):
        start -= 1
    head = text[start : ending.start()]
    for pattern in (_NO_PART, _ADMIN):
        for cut in list(pattern.finditer(text, start, ending.start()))[-1:]:
            start = cut.end()
            head = text[start : ending.start()]
    name = text[start : ending.end()]
    if name in _KEPT:
        return start, ending.end()
    if ending.re is _ESTATE and not _PLAIN.match(ending.group()):
        least = 1
    return None if len(head) < least or ordinary.match(head) else (start, ending.end())
