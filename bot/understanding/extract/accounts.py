"""Finds what names or leads to a person besides telephone numbers: mail, accounts, number plates, codes of doors, positions."""

import re
from collections.abc import Iterator

from bot.understanding.extract.address import Span
from bot.understanding.extract.phone import SPOKEN

_IS = r"(?:号码?|账号|帐号|id|名|群)?[\s]*(?:就?是|为|叫)?[\s:：=,，]{0,3}"
_MAIL = re.compile(
    r"[a-z\d][\w.+-]{0,40}\s?(?:@|艾特|[(\[]at[)\]])\s?[a-z\d-]{1,30}(?:\s?(?:\.|点)\s?[a-z]{2,10}){1,3}", re.ASCII
)
_HANDLE = re.compile(
    rf"(?:微信|威信|薇信|v信|(?<![a-z])(?:vx|wx|weixin|wechat)|支付宝|淘宝|抖音|快手|微博|小红书|陌陌|飞信|钉钉|账号|帐号|用户名){_IS}"
    r"([a-z][\w-]{4,30}|\d{5,14}|[a-z]+\s?\d{3,14})",
    re.ASCII,
)
_QQ = re.compile(rf"(?:(?<![a-z])qq|扣扣|企鹅|加\s?q|(?<![a-z])q(?=号|群)){_IS}([1-9](?:[\s-]?\d){{4,11}})(?!\d)")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
_PLATE = re.compile(
    rf"[{_PROVINCES}]\s?[a-hj-np-z][\s·.•-]{{0,2}}(?=[a-z]{{0,3}}\d)[a-hj-np-z\d]{{4,5}}[a-hj-np-z\d挂学警港澳](?![a-z\d])"
    r"|(?:车牌|车号)(?:号码?)?\s*(?:是|为)?[\s:：]{0,2}(?=[a-z\s·]{0,4}\d)([a-z\d][a-z\d·\s-]{3,8}[a-z\d])(?![a-z\d])",
    re.ASCII,
)
_DOOR_CODE = re.compile(
    r"(?:门禁卡?|大门|单元门|楼门|院门|电子锁|密码锁|开门|进门|入户门?|门锁)?(?:密码|口令|门禁码?|开门码|门码)(?:锁)?(?:就?是|为)?[\s:：,，]{0,3}"
    r"([#*]?\s?\d(?:[\s-]?[\d#*]){2,9})"
)
_POSITION = re.compile(r"[(（]?\s*-?\d{1,3}\.\d{3,}\s*°?[neNE]?\s*[,，、;\s]\s*-?\d{1,3}\.\d{3,}\s*°?[neNE]?\s*[)）]?")
_LOOSE_MOBILE = re.compile(
    r"(?<!\d)1[3-9]\d[^\w\u4e00-\u9fff]{1,5}\d{4}[^\w\u4e00-\u9fff]{1,5}\d{4}(?!\d)|(?<![a-z\d])1[3-9](?=[\do]*o)[\do]{9}(?![a-z\d])"
)
"""Groups of a mobile number with any marks between them, and letters typed for zeros."""
_DOMAIN = r"(?:qq|foxmail|gmail|hotmail|outlook|sina|sohu|yeah|aliyun|139|189|126|163|[a-z\d-]{2,30})"
_ODD_MAIL = re.compile(
    rf"[a-z\d][\w.+-]{{1,40}}(?:\s?(?:@|艾特|圈a|[(\[]at[)\]]|#)\s?|\s+at\s+){_DOMAIN}(?:(?:\s?[.。．·点]\s?|\s?dot\s?)(?:com|cn|net|org|edu|gov|me|cc)){{1,2}}(?![a-z])",
    re.ASCII,
)
"""A mail address whose signs are spelled or replaced."""
_GAP = r"(?:[^\w\u4e00-\u9fff]{0,4}|[\s:：]*(?:号|是|id)[\s:：]*)"
_ODD_HANDLE = re.compile(
    rf"(?:加(?:我|个|一下)?的?\s?[v薇微威]|(?<![a-z])v(?=\s?[:：=])|卫星|薇心?|徽信|围信|微心|维信|绿泡泡?){_GAP}([a-z][\w-]{{4,30}}|[1-9]\d{{5,14}})"
    rf"|(?:微信|(?<![a-z])(?:vx|wx|v)){_GAP}([a-z][a-z\d_-]{{0,10}}[\u4e00-\u9fff]{{1,2}}[a-z\d_-]{{2,20}})"
    r"|(?<![a-z])q\s?[:：=]\s?([1-9]\d{4,11})(?!\d)",
    re.ASCII,
)
"""An account behind a word that only hints at its platform, or with characters inside."""
_LOCAL = re.compile(
    r"(?:电话|座机|固话|家里电话|联系方式|号码)(?:号码?)?(?:就?是|为|打)?[\s:：,，]{0,3}([2-9]\d{2,3}[\s.-]{0,2}\d{4})(?![\d.元])(?:\s?[转#-]\s?\d{1,5})?"
    r"|(?<!\d)([2-9]\d{2,3}[\s-]?\d{4}\s?(?:转|分机号?)\s?\d{1,5})(?!\d)"
)
_PARTED = re.compile(
    r"(?<!\d)1[3-9]\d[\s,，、.。]{0,2}(?:后[面边头]?|中间?|再|接着?|然后|开头|打头)[^\d]{0,4}(?:\d{8}|\d{4}[^\d]{1,6}\d{4})(?!\d)"
)
"""A number that is told part by part."""
_HAN_DIGITS = "零〇洞一幺二两三四五六七八九"
_HAN_LOCAL = re.compile(
    rf"(?<![{_HAN_DIGITS}十百千万])[二三四五六七八九][{_HAN_DIGITS}]{{7}}(?![{_HAN_DIGITS}十百千万])"
)
_CERTIFICATE = re.compile(
    r"(?<![\da-z])\d{6}(?:19|20)\d{2}(?:0\d|1[0-2])[0-3]\d\d{3}[\dx]\d{1,3}(?![\da-z])"
    r"|(?:(?<=证)|(?<=证号)|(?<=证件号)|(?<=证号码)|(?<=证[:： ])|(?<=证号[:： ]))\d(?:[\s-]?\d){13,21}[\dx]?(?![\da-z])"
)
_ODD_PLATE = re.compile(
    rf"[{_PROVINCES}]\s?[a-hj-np-z](?=[a-z\s·.-]*\d)(?:[\s·.-]{{1,2}}[a-hj-np-z\d]){{5,6}}(?![a-z\d])"
    rf"|[{_PROVINCES}]\s?[a-hj-np-z]\s?(?:牌照?|车牌|的车|开头)(?:号码?|是|[\s:：])*(?=[a-z]{{0,3}}\d)[a-z\d]{{5,6}}(?![a-z\d])",
    re.ASCII,
)
_ODD_DOOR_CODE = re.compile(
    r"密码[盒箱器机]子?(?:就?是|为)?[\s:：,，]{0,3}([#*]?\s?\d(?:[\s-]?[\d#*]){2,9})"
    r"|(?:大门|单元门|楼门|院门|门禁|门口|防盗门|铁门)(?:就?是|按|输)?[\s:：,，]{0,3}([#*]\s?\d{3,8}\s?[#*]?|\d{3,8}[#*])(?!\s?[楼栋幢号\d])"
)
_HINT = re.compile(rf"[@a-z]|\d{{3}}|[{_HAN_DIGITS}]{{7}}|艾特|扣扣|企鹅|微信|密码|口令|门禁")


def reachable(text: str) -> Iterator[Span]:
    """Where mail addresses, names of accounts and oddly written mobile numbers stand in a simplified text."""
    if not _HINT.search(text):
        return
    spoken = text.translate(SPOKEN)
    yield from (
        found.span()
        for pattern in (_MAIL, _ODD_MAIL, _LOOSE_MOBILE, _CERTIFICATE, _HAN_LOCAL)
        for found in pattern.finditer(text)
    )
    for pattern in (_HANDLE, _QQ):
        yield from (found.span(1) for found in pattern.finditer(spoken))
    yield from (found.span() for found in _PARTED.finditer(spoken))
    yield from (found.span(found.lastindex or 0) for found in _ODD_HANDLE.finditer(text))
    yield from ((found.start(found.lastindex or 0), found.end()) for found in _LOCAL.finditer(spoken))


def plates(text: str) -> Iterator[Span]:
    """Where number plates stand."""
    if _HINT.search(text):
        yield from (found.span(1) if found.group(1) else found.span() for found in _PLATE.finditer(text))
        yield from (found.span() for found in _ODD_PLATE.finditer(text))


def door_codes(text: str) -> Iterator[Span]:
    """Where the codes of doors stand."""
    if _HINT.search(text):
        spoken = text.translate(SPOKEN)
        yield from (found.span(1) for found in _DOOR_CODE.finditer(spoken))
        yield from (found.span(found.lastindex or 0) for found in _ODD_DOOR_CODE.finditer(spoken))


def positions(text: str) -> Iterator[Span]:
    """Where geographical positions stand."""
    yield from (found.span() for found in _POSITION.finditer(text))
