"""Finds telephone numbers, and takes out of a text what others may not see."""

import re
from collections.abc import Iterable

from bot.understanding import chinese
from bot.understanding.folding import Plain
from bot.understanding.places import Span

_NUMBERS = (chinese.IDENTITY, chinese.BANK_CARD, chinese.MOBILE, chinese.LANDLINE)
_NAMES = (chinese.NAME_AFTER, chinese.I_AM, chinese.I_AM_CALLED, chinese.TITLED)


def find_phone(plain: Plain) -> str | None:
    """The first mobile or local landline number, in digits; None where there is none."""
    for pattern in (chinese.MOBILE, chinese.LANDLINE):
        found = pattern.search(plain.text)
        if found:
            return re.sub(r"[\s-]", "", found.group(1))
    return None


def mask(plain: Plain, *doors: Span | None) -> str:
    """The raw text with numbers of people, names and these parts of the address replaced by stars."""
    signs = list(plain.raw)
    for start, end in _private(plain.text, doors):
        first, last = plain.raw_span(start, end)
        signs[first:last] = "*" * (last - first)
    return "".join(signs)


def _private(text: str, doors: Iterable[Span | None]) -> Iterable[Span]:
    for pattern in _NUMBERS:
        yield from (found.span() for found in pattern.finditer(text))
    for pattern in _NAMES:
        yield from (found.span(1) for found in pattern.finditer(text))
    yield from (door for door in doors if door)
