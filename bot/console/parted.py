"""A long list of people on a page: so many at a time, and found by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from bot.characters import clean_line, number
from bot.understanding.normalize import fold_name

MOST = 100  # people of a page
LONGEST = 32  # characters of a name


@dataclass(frozen=True, slots=True)
class Parted:
    """The people of this part, out of `number`. `who`: what their names hold; `before`, `after`: where the parts beside it begin."""

    people: Sequence[Any]
    number: int
    who: str
    before: int | None
    after: int | None


def parted(people: Sequence[Any]) -> Parted:
    """The part that the address asks for: `who`, and `at`, the place of its first one."""
    who = clean_line(request.args.get("who", ""))[:LONGEST].strip()
    fitting = [each for each in people if fold_name(who) in fold_name(each.name or "")]
    at = min(number(request.args.get("at")) or 0, max(len(fitting) - 1, 0)) // MOST * MOST
    after = at + MOST if at + MOST < len(fitting) else None
    return Parted(fitting[at : at + MOST], len(fitting), who, at - MOST if at else None, after)
