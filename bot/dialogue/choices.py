"""Reads the answer to a numbered list: the number in any form, an option's words, or the printed line."""

import re
import unicodedata
from collections.abc import Sequence

from bot.understanding.normalize import fold

_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_INVISIBLE = dict.fromkeys(map(ord, "\ufe0f\u20e3\u200b\u200c\u200d\u2060\ufeff"))  # with U+20E3 a digit is a keycap
_NUMBER = re.compile(r"[(（]?(?:选|第)?\s*(\d{1,2}|[一二三四五六七八九十两])\s*(?:个|号|项|条)?\s*[.。、,，:：;；)）]*")
_PRINTED = re.compile(r"(\d{1,2})[.。、,，:：)）\s]+(\S.*)", re.DOTALL)
_STARS = re.compile(r"([1-5]|[一二三四五](?=\s*(?:分|星|颗星|$)))\s*(?:分|颗星|星)?[\s，,。.、]*(.*)", re.DOTALL)


def plain(text: str) -> str:
    """The text with digits of every width, circle and superscript as ASCII digits, without invisible characters."""
    return unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).strip()


def number(text: str) -> int | None:
    """The number that is the whole text ("1", "1.", "①", "１", "一", "第一个", "1️⃣"); None for anything else."""
    found = _NUMBER.fullmatch(plain(text))
    return _value(found[1]) if found else None


def picked(text: str, options: Sequence[str]) -> int | None:
    """The number (from 1) that the text names: a number in any form, an option's words or its printed line.

    A bare number may lie outside the list, so that the caller can say how many options there are. None: no answer.
    """
    given = number(text)
    if given is not None:
        return given
    said = fold(text)
    same = [place for place, option in enumerate(options, 1) if said == fold(option)]
    if len(same) == 1:
        return same[0]
    printed = _PRINTED.fullmatch(plain(text))
    if printed is None or not 1 <= int(printed[1]) <= len(options):
        return None
    option = fold(options[int(printed[1]) - 1])
    return int(printed[1]) if fold(printed[2]).startswith(option) else None


def stars(text: str) -> tuple[int, str] | None:
    """(1 to 5, the words behind it); None where the text does not begin with such a number."""
    found = _STARS.fullmatch(plain(text))
    return (_value(found[1]), found[2].strip()) if found else None


def _value(digits: str) -> int:
    return _DIGITS.get(digits) or int(digits)
