"""What every template may use: sentences, times, the size of print, and what a form brought about."""

from typing import Any

from flask import Blueprint, flash, get_flashed_messages, request

from bot.characters import clean
from bot.h5 import access
from bot.pages import shown as pages
from bot.services.h5.acts import Done

PRINT = "wutong_h5_print"  # the cookie of large print
LARGE = "large"
WRITTEN, CARD_FIELD = frozenset({"words", "place", "when", "phone"}), "text-"
"""The fields that people write words into."""
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
    pages.add_refusals(blueprint, "h5/error.html", lambda status: f"h5.error.{status}")


def _given() -> dict[str, Any]:
    office = access.the_office()
    shown = [each for each in NAVIGATION if access.ROUTES[each[1]] is access.RESIDENT or access.helps()]
    return {
        "say": office.say_on_page, "local": pages.local, "hours": hours, "is_large": request.cookies.get(PRINT) == LARGE, "is_signed": access.is_signed(),
        "navigation": shown if access.is_signed() else [], "messages": _messages, "here": request.path,
        "typed": _typed,
    }  # fmt: skip


def _typed() -> str:
    """What somebody wrote into the form that was refused, a line for each field."""
    fields = request.form.items() if request.method == "POST" else ()
    written = [clean(said).strip() for name, said in fields if name in WRITTEN or name.startswith(CARD_FIELD)]
    return "\n".join(said for said in written if said)


def hours(minutes: int) -> str:
    """As people say it: 1.5, 2."""
    return f"{minutes / 60:.1f}".removesuffix(".0")


def told(done: Done) -> None:
    """Shows on the next page what came of an act."""
    flash(done.said[:MOST_SAID], "h5_done" if done.is_done else "h5_refused")


def _messages() -> list[tuple[str, str]]:
    """(done or refused, sentence), shown once."""
    kept = get_flashed_messages(with_categories=True, category_filter=["h5_done", "h5_refused"])
    return [(category.removeprefix("h5_"), said) for category, said in map(tuple, kept)]
