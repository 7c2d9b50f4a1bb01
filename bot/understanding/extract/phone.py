"""Finds telephone numbers in every form in which people write them: grouped, in brackets, spoken, with an extension."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.extract.address import Span
from bot.understanding.normalize import READ_LATELY

SPOKEN = str.maketrans("零〇洞一幺么妖腰二两三四五六七拐八九勾壹贰叁肆伍陆柒捌玖", "0001111122345677899123456789")
"""Digits as people say them and as their telephones write down what they hear."""
_DASH = r"\-‐‑‒–—―−－﹣ー─"
_GAP = rf"[\s.·•_{_DASH}/~*:()（）,，、。]{{0,3}}"
"""What people type between the groups of a number."""
_NARROW = rf"[\s.·•_{_DASH}()]{{0,3}}"
_STRICT = frozenset("/*:,，、。")
"""These separate the items of a list too: between them only the usual groups are a number."""
_COUNTRY = rf"[(（]?(?:\+|00)?86[)）]?{_NARROW}"
_EXTENSION = rf"(?:\s*(?:转|分机号?|ext\.?|#|[{_DASH}](?=\d{{1,4}}(?!\d)))\s*(?:分机)?\d{{1,5}}(?!\d))?"
_MOBILE = re.compile(rf"(?<!\d)(?:{_COUNTRY})?[(（]?(1{_GAP}[3-9](?:{_GAP}\d){{9}})(?!\d){_EXTENSION}")
_SUBSCRIBER = rf"[2-9]\d{{2,3}}{_NARROW}\d{{4}}"
_LANDLINE = re.compile(
    rf"(?<!\d)(?:{_COUNTRY})?([(（]?0\d{{2,3}}[)）]?{_NARROW}{_SUBSCRIBER}|[48]00{_NARROW}\d{{3}}{_NARROW}\d{{4}}"
    rf"|[48]00{_NARROW}\d{{4}}{_NARROW}\d{{3}})(?!\d){_EXTENSION}"
)
_ABROAD = re.compile(
    rf"(?:\+|(?<!\d)00)86{_NARROW}[(（]?([1-9]\d{{1,2}}[)）]?{_NARROW}{_SUBSCRIBER})(?!\d){_EXTENSION}"
)
"""With the code of the country the area code loses its zero."""
_LOCAL = re.compile(
    rf"(?:电话|座机|固话)(?:号码?)?(?:就?是|为)?[\s:：,，]{{0,3}}([2-9]\d{{2}}{_NARROW}\d{{4}})(?![\d.元]){_EXTENSION}"
)
"""A number without an area code is one only where it is called so."""
_LENGTHS = {3, 4, 5, 7, 11}
"""Of the first group of a mobile number; an order's number and a number behind it are none."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in digits, and where it stands with its country code and extension."""

    digits: str
    span: Span


@lru_cache(maxsize=READ_LATELY)
def phones(text: str) -> tuple[Phone, ...]:
    """Mobile numbers first, then others, each kind in the order of the text, none inside another."""
    found: list[Phone] = []
    taken = bytearray(len(text))
    spoken = text.translate(SPOKEN)
    for read in (_mobile, _landline, _abroad, _local):
        for form in (text, spoken) if spoken != text else (text,):
            for phone in read(form):
                start, end = phone.span
                if not any(taken[start:end]):
                    taken[start:end] = b"\1" * (end - start)
                    found.append(phone)
    return tuple(found)


def _each(pattern: re.Pattern[str], text: str, fits: Callable[[str], bool] = bool) -> Iterator[Phone]:
    place = 0
    while found := pattern.search(text, place):
        if fits(found.group(1)):
            first = found.start(1) if pattern is _LOCAL else found.start()
            yield Phone(re.sub(r"\D", "", found.group(1)), (first, found.end()))
            place = found.end()
        else:
            place = found.start() + 1


def _mobile(text: str) -> Iterator[Phone]:
    return _each(_MOBILE, text, _is_grouped)


def _landline(text: str) -> Iterator[Phone]:
    return _each(_LANDLINE, text)


def _abroad(text: str) -> Iterator[Phone]:
    return (Phone(f"0{phone.digits}", phone.span) for phone in _each(_ABROAD, text))


def _local(text: str) -> Iterator[Phone]:
    return _each(_LOCAL, text)


def _is_grouped(number: str) -> bool:
    """Whether the digits are in groups as of a mobile number: one by one, a long first group and no single digit, or a pair
    and long groups."""
    groups = [len(group) for group in re.findall(r"\d+", number)]
    if _STRICT & set(number):
        return groups == [3, 4, 4]
    if groups[0] == 2:
        return min(groups[1:]) > 2
    return set(groups) == {1} or (groups[0] in _LENGTHS and 1 not in groups)
