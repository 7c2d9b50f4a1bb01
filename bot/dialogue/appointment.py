"""Another time for an order: what the words name, completed by what was agreed before."""

import re

from bot.dialogue.context import Context
from bot.orders.order import Order
from bot.understanding.extract import clauses
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import simplify

_RULES = Rules("appointment")


def names_time(context: Context) -> bool:
    """Whether the message names a time at all."""
    plain = simplify(context.meant.text).text
    return context.meant.when is not None or bool(_RULES.day.search(plain) or _RULES.hour.search(plain))


def said_with(context: Context) -> str | None:
    """The last piece of the message that names a time; None where none does."""
    pieces = clauses.by_marks(simplify(context.meant.text).text)
    return next((piece for piece in reversed(pieces) if _found(_RULES.day, piece) or _found(_RULES.hour, piece)), None)


def new_time(context: Context, order: Order) -> str | None:
    """The time that counts from now on: of several the last one; an hour alone is one of the day named before it or agreed.
    None where no time is named."""
    pieces = clauses.by_marks(simplify(context.meant.text).text)
    named = [(_found(_RULES.day, piece), _found(_RULES.hour, piece)) for piece in pieces]
    times = [each for each in named if each != ("", "")]
    if len(times) < 2 and context.meant.when is not None and (times or [("", "")])[0][0]:
        return context.meant.when
    if not times:
        return context.meant.when
    day, hour = times[-1]
    if not day:
        day = next((each for each, _ in reversed(times[:-1]) if each), "") or _found(_RULES.day, order.wanted_when or "")
    return f"{day}{hour}"


def _found(expression: re.Pattern[str], text: str) -> str:
    found = expression.search(text)
    return found[0].strip() if found else ""
