"""What every template may use: sentences, times, the navigation, and a page's messages."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, g, get_flashed_messages, request, session, url_for

from bot.console import access
from bot.console.asked_first import ASKED_FIRST
from bot.console.parted import parted
from bot.errors import Spoken
from bot.pages import shown as pages
from bot.services.console.acts import Done

NAVIGATION = (
    ("board", "console.board.board"), ("intake", "console.intake.page"), ("inbox", "console.inbox.inbox"), ("people", "console.people.people"),
    ("broadcasts", "console.broadcasts.page"),
    ("figures", "console.figures.page"), ("answers", "console.answers.page"),
    ("settings", "console.settings.page"), ("audit", "console.audit.rows"), ("health", "console.health.health"),
)  # fmt: skip
"""The name of each entry in the locale, and its route; shown where the role may open it."""
KEPT = "console:"
UNDOABLE = "console:undoable"  # of the session: each order with the moment until which the last act on it can be undone
MOST_SAID = 300  # characters; a cookie holds 4 KB
MOST_UNDOABLE = 60  # orders
CURRENT = {"orders": "board", "kept": "board", "people_import": "people", "broadcast_writing": "broadcasts"}


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that is shown once: `done` or `refused`, of an order (its number), undoable until a moment."""

    category: str
    said: str
    code: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the navigation."""

    name: str
    address: str
    is_current: bool


def add(blueprint: Blueprint) -> None:
    """Add the functions, and pages for what is refused."""
    blueprint.context_processor(_given)
    pages.add_refusals(blueprint, "console/error.html", lambda status: f"console.error.{status}")


def _given() -> dict[str, Any]:
    office = access.the_office()
    return {
        "say": office.say_on_page, "local": pages.local, "day": pages.day, "navigation": _navigation(), "signed": access.signed() if access.is_signed() else None,
        "messages": _messages, "together": _together, "parted": parted, "typed_words": access.typed_words, "before": access.before, "typed": typed, "is_refused": is_refused, "has_text": office.texts.has, "asked_first": ASKED_FIRST, "home": access.home, "zone": office.calendar.zone,
    }  # fmt: skip


def _navigation() -> Sequence[Entry]:
    if not access.is_signed() or access.signed().must_enrol:
        return []
    shown = [(name, route) for name, route in NAVIGATION if access.may_open(route)]
    here = (request.blueprint or "").rpartition(".")[2]
    return [
        Entry(access.the_office().say(f"console.nav.{name}"), url_for(route), CURRENT.get(here, here) == name)
        for name, route in shown
    ]


def told(*done: Done) -> None:
    """Shows on the next page what came of each act, and until when it can be undone; until then every page offers that."""
    codes = {each.code for each in done if each.is_done}
    latest = [[each.code, each.undo_until.isoformat()] for each in done if each.undo_until is not None]
    left = [each for each in _undoable() if each[0] not in codes]
    if latest or left or UNDOABLE in session:
        session[UNDOABLE] = [*latest, *left][:MOST_UNDOABLE]
    for each in done:
        until = each.undo_until.isoformat() if each.undo_until is not None else None
        _keep("done" if each.is_done else "refused", each.said, each.code, until)


def note(key: str, *, good: bool = False, **facts: object) -> None:
    """Shows a sentence on the next page."""
    _keep("done" if good else "refused", access.the_office().say(key, **facts))


def say(sentence: str) -> None:
    """Shows what a use case said on the next page."""
    _keep("done", sentence)


def refusal(error: Spoken) -> None:
    """Shows on the next page why nothing was done."""
    _keep("refused", access.the_office().say_on_page(error.key, **error.facts))


def refused(error: Spoken) -> str:
    """The sentence for the page that is shown at once in place of an answer; its forms hold what was typed: see `typed`."""
    keep_typed()
    return access.the_office().say_on_page(error.key, **error.facts)


def keep_typed() -> None:
    """The forms of this page hold what was typed."""
    g.is_refused = True


def is_refused(**of: str) -> bool:
    """Whether this page is shown because a form was refused: the one whose fields, or whose address, have these values."""
    given = {**request.form, **(request.view_args or {})}
    return bool(g.get("is_refused")) and all(given.get(name) == value for name, value in of.items())


def typed(field: str, default: str | None = "", **of: str) -> str:
    """What was typed in a field of the form that was refused, of which `is_refused`; else what stands there by default."""
    return request.form.get(field, "") if is_refused(**of) else default or ""


def _keep(category: str, said: str, code: str = "", until: str | None = None) -> None:
    flash(json.dumps([said[:MOST_SAID], code, until]), f"{KEPT}{category}")


def _messages() -> list[Message]:
    """What was kept for this page; it is shown once. Behind it what can still be undone of earlier acts."""
    mine = [
        f"{KEPT}{category}" for category in ("done", "refused")
    ]  # the pages inside WeChat keep others in the same session
    found = get_flashed_messages(with_categories=True, category_filter=mine)
    messages = [Message(category.removeprefix(KEPT), *json.loads(kept)) for category, kept in map(tuple, found)]
    shown, still = {each.code for each in messages}, access.the_office().say("console.still_undoable")
    return messages + [Message("done", still, code, until) for code, until in _undoable() if code not in shown]


def _undoable() -> list[list[str]]:
    """The orders whose last act can be undone now, the latest first, each with the moment until which it can."""
    now = datetime.now(UTC).isoformat()
    return [each for each in session.get(UNDOABLE, []) if each[1] > now]


def _together() -> tuple[list[str], str]:
    """The orders that were acted on together last, as far as this can still be undone, and until when; none where it is one."""
    known = _undoable()
    codes = [code for code, until in known if until == known[0][1]]
    return (codes, known[0][1]) if len(codes) > 1 else ([], "")
