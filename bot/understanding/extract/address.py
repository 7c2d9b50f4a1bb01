"""Reads building, unit, room and floor in any of the ways people write them on a door."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.understanding.extract.numerals import NUMERAL, is_approximate, to_digits
from bot.understanding.normalize import READ_LATELY

Span = tuple[int, int]

_N = rf"[{NUMERAL}]{{1,4}}"
_DASH = "–—－―-"
_LETTERED = rf"(?:[a-z]\d{{1,2}}|\d{{1,2}}[a-z]|[a-z]|(?!两[栋幢座]|一座(?:桥|山|塔|庙|坟|楼)){_N})"
_COUNTED = "这那哪每整某同另共总约几最"
"""After one of these characters a number of buildings is a count or points at one (这一栋), and names none."""
_FIRST_OF_MANY = rf"(?=\s*(?:[、,，和跟与及到至{_DASH}]|还有)\s*{_LETTERED}\s*(?:号楼|栋|幢|座|#))"
_UNIT_OR_ROOM = rf"(?=\s*(?:[{NUMERAL}]{{1,2}}\s*单[元园员]|\d{{3,4}}(?!\d)))"
_MISTYPED = (
    rf"(?:[撞憧](?=\s*\d)|号?[懂动冻洞撞憧](?=\s*\d)|号?[懂动冻洞东撞憧]{_UNIT_OR_ROOM}|[懂冻憧](?=[的楼,，。]|$))"
)
"""栋 as a keyboard writes it by its sound."""
_MISTYPED_AFTER_AREA = re.compile(
    rf"\s*({_LETTERED})\s*号?(?:[懂冻洞憧]|动(?![静手工作物])|东(?![头边门侧面区路街南西北户单]))"
)
"""Right behind the name of an estate a number with such a character is a building."""
_BUILDING = re.compile(
    rf"(?<![a-z0-9月第{_COUNTED}])(?<!\d-)(?:第)?({_LETTERED})\s*"
    rf"(?:号楼栋|号居民楼|号住宅楼|号楼|(?:栋|幢)(?:(?:居民|住宅)?楼(?![上下道后前顶梯底]))?|{_MISTYPED}|座(?!位|谈|机|椅|的|车|客|桥|山|塔|大[山桥厦楼])|#\s*楼|#"
    rf"|号(?=\s*[0-9一二三四五六两]{{1,2}}\s*单[元园员]|\s*\d{{3,4}}\s*(?:室|号房|房间))|{_FIRST_OF_MANY})"
)
_UNIT = re.compile(rf"(?<![a-z0-9])({_N})\s*(?:单(?:[元园员]|(?=\d{{3}}))|(?=[、和跟]{_N}\s*单元))")
_UNIT_AFTER_BUILDING = re.compile(r"\s*([0-9一二三四五六]{1,2})\s*(?:门(?![口禁锁卫])|梯|单(?=\s*\d))")
_NOT_A_ROOM = r"(?![\d点元块年月天度个户平瓦人多:])"
_HOTLINE = r"(?:11[029]|12[02]|12345)(?![\d室号房户])"
_ROOM_AFTER = re.compile(
    rf"[\s,，的、{_DASH}]*(?:{_N}\s*(?:楼|层)[\s,，的]*)?(?!{_HOTLINE})([a-z]?[{NUMERAL}]{{3,5}}(?:[a-z](?![a-z]))?"
    rf"|[{NUMERAL}]{{2,5}}(?=室|号房|房|户)|[{NUMERAL}]{{3,5}}(?=号(?!楼|线|路))|[{NUMERAL}]{{1,2}}(?=号(?:$|[\s,，。的住家])))(?:室|号房|号|房|户)?{_NOT_A_ROOM}"
)
_ROOM = re.compile(rf"(?<![a-z0-9-])([{NUMERAL}]{{3,5}})\s*(?:室(?!内|外|友|温)|号房|房间)")
_ROOM_AFTER_FLOOR = re.compile(rf"(?:\s*|的)([a-z]?\d{{3,5}})(?:室|号房|号)?{_NOT_A_ROOM}(?!\d|-)")
_FLOOR = re.compile(
    rf"(?<![a-z0-9第月#爬几共每隔两{_DASH}])(?:第)?(负?[0-9一二三四五六七八九十]{{1,3}}|b[1-3](?=层))"
    r"(?:楼(?!栋|道|梯|上|下|顶|盘|管|房)|(?<![厚薄了有落积盖]一)层(?!次|面|楼|灰|油|土|皮|冰|雪|膜|关))"
)
_TRIPLE = re.compile(
    rf"(?<![\d-])(\d{{1,3}}|[a-z]\d?)\s*(?:#|[{_DASH}]|/|号楼|栋|幢|号|一(?=\d))\s*(\d{{1,2}})"
    rf"\s*(?:单元|#|[{_DASH}]|/|一(?=\d))+\s*(\d{{2,4}}[a-z]?)(?![\d-]|\s*[楼层])\s*室?"
)
_TRIPLE_SPOKEN = re.compile(rf"(?<![{NUMERAL}月])([{NUMERAL}]{{1,3}})杠([{NUMERAL}]{{1,2}})杠([{NUMERAL}]{{3,5}})室?")
_PAIR = re.compile(rf"(?<![\d-])(\d{{1,2}}|[a-z]\d?)\s*(?:#|[{_DASH}])\s*(\d{{3,4}})(?![\d元块人天号-])\s*室?")
_PAIR_AFTER_AREA = re.compile(
    rf"\s*(\d{{1,3}}|[a-z]\d{{0,2}})\s*[#{_DASH}]\s*(\d{{3,4}})(?![\d元块人天-])\s*(?:室|号)?"
)
_NUMBER_AFTER_AREA = re.compile(rf"\s*(\d{{1,3}})号\s*(\d{{3,4}})(?:室|号)?{_NOT_A_ROOM}")
_ROOM_AFTER_AREA = re.compile(
    rf"\s*([a-z]?\d{{3,4}})(?:室|号(?!楼|线|路)|房)?{_NOT_A_ROOM}(?![年岁次期路栋幢座#{_DASH}])"
)


@dataclass(frozen=True, slots=True)
class Door:
    """The numbers of building, unit and room, and where they stand in the text."""

    building: str | None = None
    unit: str | None = None
    room: str | None = None
    spans: tuple[Span, ...] = ()
    room_span: Span | None = None

    def moved(self, by: int) -> "Door":
        """The same door in a text that begins `by` characters earlier."""
        if not by:
            return self
        spans = tuple((start + by, end + by) for start, end in self.spans)
        room = self.room_span and (self.room_span[0] + by, self.room_span[1] + by)
        return replace(self, spans=spans, room_span=room)


@lru_cache(maxsize=READ_LATELY)
def door_number(text: str, area_end: int | None = None) -> Door:
    """Building, unit and room; with the end of an estate's name also numbers that only a name before makes a door."""
    for pattern in (_TRIPLE, _TRIPLE_SPOKEN):
        found = _first(pattern, text)
        if found:
            building, unit, number = (to_digits(part) for part in found.groups())
            return Door(building.upper(), unit, number, (found.span(),), found.span(3))
    pair = _pair(text, area_end)
    if pair and not _UNIT.search(text):
        return Door(pair.group(1).upper(), None, pair.group(2), (pair.span(),), pair.span(2))
    door = _spelt_out(text, area_end)
    room = _ROOM_AFTER_AREA.match(text, area_end) if area_end is not None and not door.building else None
    if room and not door.room_span:
        return Door(None, door.unit, room.group(1).upper(), (*door.spans, room.span()), room.span(1))
    return door


def _pair(text: str, area_end: int | None) -> re.Match[str] | None:
    if area_end is not None:
        for pattern in (_PAIR_AFTER_AREA, _NUMBER_AFTER_AREA):
            if found := pattern.match(text, area_end):
                return found
    return _first(_PAIR, text)


def _spelt_out(text: str, area_end: int | None) -> Door:
    mistyped = _MISTYPED_AFTER_AREA.match(text, area_end) if area_end is not None else None
    building = mistyped or _first(_BUILDING, text)
    unit = (_UNIT_AFTER_BUILDING.match(text, building.end()) if building else None) or _first(_UNIT, text)
    spans = [found.span() for found in (building, unit) if found]
    last = max((end for _, end in spans), default=None)
    room = _ROOM_AFTER.match(text, last) if last is not None else None
    room = room if room and not is_approximate(room.group(1)) else _first(_ROOM, text)
    floor = None if room else _first(_FLOOR, text)
    room = room or (_ROOM_AFTER_FLOOR.match(text, floor.end()) if floor else None)
    return Door(
        to_digits(building.group(1)).upper() if building else None,
        to_digits(unit.group(1)) if unit else None,
        to_digits(room.group(1)) if room else f"{to_digits(floor.group(1)).upper()}楼" if floor else None,
        tuple(spans + [found.span() for found in (floor, room) if found]),
        room.span(1) if room else None,
    )


_DIGITS = "0123456789"
_NEEDS = {
    _UNIT: "单", _ROOM: "室房", _FLOOR: "楼层", _TRIPLE_SPOKEN: "杠", _TRIPLE: _DIGITS, _PAIR: _DIGITS,
}  # fmt: skip
"""A text without one of these characters is not searched for the pattern."""


def _first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match whose number is one, and no guess at a number (两三栋)."""
    if pattern in _NEEDS and not any(character in text for character in _NEEDS[pattern]):
        return None
    return next((found for found in pattern.finditer(text) if not is_approximate(found.group(1))), None)
