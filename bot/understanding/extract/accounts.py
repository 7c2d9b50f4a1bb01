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
_HINT = re.compile(r"[@a-z]|\d{3}|艾特|扣扣|企鹅|微信|密码|口令|门禁")


def reachable(text: str) -> Iterator[Span]:
    """Where mail addresses, names of accounts and oddly written mobile numbers stand in a simplified text."""
    if not _HINT.search(text):
        return
    spoken = text.translate(SPOKEN)
    yield from (found.span() for pattern in (_MAIL, _LOOSE_MOBILE) for found in pattern.finditer(text))
    for pattern in (_HANDLE, _QQ):
        yield from (found.span(1) for found in pattern.finditer(spoken))


def plates(text: str) -> Iterator[Span]:
    """Where number plates stand."""
    if _HINT.search(text):
        yield from (found.span(1) if found.group(1) else found.span() for found in _PLATE.finditer(text))


def door_codes(text: str) -> Iterator[Span]:
    """Where the codes of doors stand."""
    if _HINT.search(text):
        yield from (found.span(1) for found in _DOOR_CODE.finditer(text.translate(SPOKEN)))


def positions(text: str) -> Iterator[Span]:
    """Where geographical positions stand."""
    yield from (found.span() for found in _POSITION.finditer(text))
