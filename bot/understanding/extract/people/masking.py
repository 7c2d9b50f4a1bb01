"""Finds telephone numbers, and takes out of a text what others may not see."""

import re
from collections.abc import Iterable, Iterator

from bot.understanding.extract.people import accounts
from bot.understanding.extract.people.phone import phones
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import Plain, Span

_RULES = Rules("phone")
_LEAD = 20
"""What announces a number is looked for in so many characters before it."""
_WORDS = re.compile(r"[\u3400-\u9fff]")
SHORTEST = 2
"""Characters of a name that is looked for wherever it stands."""
MATTER = 4
"""So many signs besides a number say what it is about."""


def without_phone(text: str) -> str:
    """The text without telephone numbers and what announces them; the whole of it where it says little else."""
    kept, place = [], 0
    for start, end in sorted(phone.span for phone in phones(text)):
        announced = _RULES.announced.search(text[max(place, start - _LEAD) : start])
        kept.append(text[place : start - len(announced.group()) if announced else start])
        place = end
    rest = " ".join([*kept, text[place:]])
    return rest if len(_WORDS.findall(rest)) >= MATTER else text


def find_phone(plain: Plain) -> str | None:
    """The first mobile or landline number, in digits, however it is grouped; None where there is none."""
    return next((phone.digits for phone in phones(plain.text)), None)


def numbers(text: str) -> Iterator[Span]:
    """Where the numbers of people stand: telephones, identity and bank cards, mail, names of accounts."""
    yield from accounts.cards(text)
    yield from (phone.span for phone in phones(text))
    yield from accounts.reachable(text)


def again(text: str, names: Iterable[str]) -> Iterator[Span]:
    """Where these names stand, also with marks or blanks between their characters."""
    for name in {name for name in names if len(name) >= SHORTEST}:
        pattern = re.compile(r"[\s·.•_-]{0,2}".join(map(re.escape, name)))
        yield from (found.span() for found in pattern.finditer(text))


def mask(plain: Plain, spans: Iterable[Span]) -> str:
    """The raw text with these parts of it replaced by stars."""
    signs = list(plain.raw)
    for start, end in spans:
        first, last = plain.raw_span(start, end)
        signs[first:last] = "*" * (last - first)
    return "".join(signs)
