"""Finds telephone numbers, and takes out of a text what others may not see."""

import re

from bot.understanding.extract import patterns
from bot.understanding.extract.address import Span
from bot.understanding.normalize import Plain

_NUMBERS = (patterns.IDENTITY, patterns.BANK_CARD, patterns.MOBILE, patterns.LANDLINE)

_NAMED_NUMBER = re.compile(
    rf"(?:(?:我的?|本人|联系)*(?:电话|手机|号码|联系方式)(?:号码?)?(?:就?是)?[\s:：,，]*)?(?:{patterns.MOBILE.pattern}|{patterns.LANDLINE.pattern})"
)
_WORDS = re.compile(r"[\u3400-\u9fff]")
MATTER = 4
"""So many signs besides a number say what it is about."""


def without_phone(text: str) -> str:
    """The text without telephone numbers and what announces them; the whole of it where it says little else."""
    rest = _NAMED_NUMBER.sub(" ", text)
    return rest if len(_WORDS.findall(rest)) >= MATTER else text


def find_phone(plain: Plain) -> str | None:
    """The first mobile or landline number, in digits, however it is grouped; None where there is none."""
    for pattern in (patterns.MOBILE, patterns.LANDLINE):
        found = pattern.search(plain.text)
        if found:
            return re.sub(r"\D", "", found.group(1))
    return None


def mask(plain: Plain, *parts: Span) -> str:
    """The raw text with the numbers of people and these parts of it replaced by stars."""
    signs = list(plain.raw)
    numbers = [found.span() for pattern in _NUMBERS for found in pattern.finditer(plain.text)]
    for start, end in [*numbers, *parts]:
        first, last = plain.raw_span(start, end)
        signs[first:last] = "*" * (last - first)
    return "".join(signs)
