"""Finds telephone numbers, and takes out of a text what others may not see."""

import re

from bot.understanding import chinese
from bot.understanding.doors import Span
from bot.understanding.folding import Plain

_NUMBERS = (chinese.IDENTITY, chinese.BANK_CARD, chinese.MOBILE, chinese.LANDLINE)

_NAMED_NUMBER = re.compile(
    rf"(?:(?:我的?|本人|联系)*(?:电话|手机|号码|联系方式)(?:号码?)?(?:就?是)?[\s:：,，]*)?(?:{chinese.MOBILE.pattern}|{chinese.LANDLINE.pattern})"
)
_WORDS = re.compile(r"[\u3400-\u9fff]")
MATTER = 4
"""So many signs besides a number say what it is about."""


def without_phone(text: str) -> str:
    """The text without telephone numbers and what announces them; the whole of it where it says little else."""
    rest = _NAMED_NUMBER.sub(" ", text)
    return rest if len(_WORDS.findall(rest)) >= MATTER else text


def find_phone(plain: Plain) -> str | None:
    """The first mobile or local landline number, in digits; None where there is none."""
    for pattern in (chinese.MOBILE, chinese.LANDLINE):
        found = pattern.search(plain.text)
        if found:
            return re.sub(r"[\s-]", "", found.group(1))
    return None


def mask(plain: Plain, *parts: Span) -> str:
    """The raw text with the numbers of people and these parts of it replaced by stars."""
    signs = list(plain.raw)
    numbers = [found.span() for pattern in _NUMBERS for found in pattern.finditer(plain.text)]
    for start, end in [*numbers, *parts]:
        first, last = plain.raw_span(start, end)
        signs[first:last] = "*" * (last - first)
    return "".join(signs)
