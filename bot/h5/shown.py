"""What every template may use: sentences, times, the size of print, and what a form brought about."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, get_flashed_messages, render_template, request
from werkzeug.exceptions import HTTPException

from bot.errors import NotFound, Spoken
from bot.h5 import access
from bot.services.h5.acts import Done

PRINT = "wutong_h5_print"  # the cookie of large print
LARGE = "large"
MOST_SAID = 600  # characters; a cookie holds 4 KB
NAVIGATION = (
    ("my", "h5.orders.mine"),
    ("new", "h5.own.new"),
    ("tasks", "h5.tasks.tasks"),
    ("record", "h5.tasks.record"),
    ("broadcasts", "h5.broadcasts.mine"),
    ("privacy", "h5.own.privacy"),
)
"""The name of each entry in the locale, and its route."""


def add(blueprint: Blueprint) -> None:
    """Add the functions, and pages for what is refused."""
    blueprint.context_processor(_given)
    blueprint.register_error_handler(HTTPException, _refuse)
    blueprint.register_error_handler(Spoken, _say_refusal)


def _given() -> dict[str, Any]:
    office = access.the_office()
    shown = [each for each in NAVIGATION if access.ROUTES[each[1]] is access.RESIDENT or access.helps()]
    return {
        "say": office.say, "local": local, "is_large": request.cookies.get(PRINT) == LARGE, "is_signed": access.is_signed(),
        "navigation": shown if access.is_signed() else [], "messages": _messages, "here": request.path,
    }  # fmt: skip


def local(at: datetime | None) -> str:
    """Day and time in the office's time zone; the year where it is another one."""
    if at is None:
        return ""
    office = access.the_office()
    here = at.astimezone(office.calendar.zone)
    same = here.year == datetime.now(UTC).astimezone(office.calendar.zone).year
    return office.say("h5.time" if same else "h5.time_year", at=here)


def told(done: Done) -> None:
    """Shows on the next page what came of an act."""
    flash(done.said[:MOST_SAID], "h5_done" if done.is_done else "h5_refused")


def _messages() -> list[tuple[str, str]]:
    """(done or refused, sentence), shown once."""
    kept = get_flashed_messages(with_categories=True, category_filter=["h5_done", "h5_refused"])
    return [(category.removeprefix("h5_"), said) for category, said in map(tuple, kept)]


def _refuse(error: HTTPException) -> tuple[str, int] | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    office = access.the_office()
    key = f"h5.error.{status}"
    said = office.say(key if office.texts.has(key) else "h5.error.other")
    return render_template("h5/error.html", said=said, status=status), status


def _say_refusal(error: Spoken) -> tuple[str, int]:
    """What the views themselves do not catch: what is not there for this person, and what may not be done."""
    status = 404 if isinstance(error, NotFound) else 409
    said = access.the_office().say(error.key, **error.facts)
    return render_template("h5/error.html", said=said, status=status), status
