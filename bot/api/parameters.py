"""Reads the parameters of a query: removes forbidden characters, checks them, names a wrong one."""

import re
from collections.abc import Collection
from datetime import UTC, datetime

from flask import request

from bot import cursors
from bot.api.auth import the_office
from bot.api.problems import Problem
from bot.characters import clean_line
from bot.store.reads.api import Position

DEFAULT_LIMIT = 50
MOST = 200
_BLANK_BEFORE_ZONE = re.compile(r"(T.*) (\d\d:?\d\d)$")  # a "+" that was not escaped arrives as a blank


def wrong(name: str, reason: str) -> Problem:
    """The problem of a parameter: 400, and what is wrong with it."""
    return Problem(400, f"{name} {reason}.", {name: reason})


def refuse_unknown(known: Collection[str]) -> None:
    """Problem 400 for a parameter that the call does not have."""
    for name in request.args:
        if name not in known:
            raise wrong(name, f"is not one of {', '.join(sorted(known))}")


def text(name: str) -> str | None:
    """The parameter without control characters; None where it is missing or empty."""
    return clean_line(request.args.get(name, "")).strip() or None


def choice(name: str, options: Collection[str]) -> str | None:
    """One of the options; None where the parameter is missing or empty. Problem 400 for anything else."""
    given = text(name)
    if given is not None and given not in options:
        raise wrong(name, f"is not one of {', '.join(options)}")
    return given


def moment(name: str) -> datetime | None:
    """A moment in UTC; without a zone it is the office's time. None where it is missing. Problem 400."""
    given = request.args.get(name)
    return parse_moment(name, clean_line(given)) if given is not None else None


def parse_moment(name: str, given: str) -> datetime:
    """As `moment`, for a given text; `name` is the parameter to name in the problem."""
    try:
        found = datetime.fromisoformat(_BLANK_BEFORE_ZONE.sub(r"\1+\2", given))
        zoned = found if found.tzinfo else found.replace(tzinfo=the_office().calendar.zone)
        return zoned.astimezone(UTC)
    except (ValueError, OverflowError):
        raise wrong(name, "is not an ISO 8601 time") from None


def limit() -> int:
    """How many items a page has: 1 to 200, 50 where the parameter is missing. Problem 400."""
    given = clean_line(request.args.get("limit", str(DEFAULT_LIMIT)))
    if not (given.isascii() and given.isdigit() and len(given) < 5 and 1 <= int(given) <= MOST):
        raise wrong("limit", f"is not a number from 1 to {MOST}")
    return int(given)


def cursor() -> Position | None:
    """The position behind which a page begins; None for the first page. Problem 400."""
    given = text("cursor")
    if given is None:
        return None
    found = cursors.read(given, cursors.moment, cursors.row_id)
    if found is None:
        raise wrong("cursor", "is not one that this service gave out")
    at, order_id = found
    return at.astimezone(UTC), order_id
