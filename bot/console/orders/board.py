"""看板: the orders before a person, several at once, and the search that opens with Ctrl-K."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.characters import clean, clean_line, number
from bot.console import access, shown
from bot.errors import NotFound, NotUnderstood
from bot.orders.lifecycle import State
from bot.orders.restricted import is_restricted
from bot.services.console import acts, search, views
from bot.services.console.acts import Act
from bot.services.console.corrections import URGENCIES
from bot.services.console.orders import board as boards
from bot.services.console.orders import cards, page
from bot.services.console.orders.board import VIEWS, Filters
from bot.services.context.work.lists import OPEN
from bot.understanding.normalize import fold, fold_name

LONGEST, LONGEST_SHOWN = 200, 20  # characters of a filter
MOST_LISTED = 300  # people to choose from
BULK = ("dispatch", "publish", "refer", "explain", "ask", "urge")
"""What can be done to several orders at once."""
UNDO = "undo"
"""Of several that were acted on together; the button for it stands beside what came of them."""

blueprint = Blueprint("board", __name__)


@blueprint.get("/")
def board() -> ResponseReturnValue:
    """The board; with the header X-Part only its list and numbers, which the page asks for again and again."""
    return render()


def render(*, why: str = "", chosen: Collection[str] = ()) -> ResponseReturnValue:
    """The board by the filters of the address. `why`: a form of it was refused; `chosen`: the orders that it was about."""
    office, seat, now = access.the_office(), access.seat(), datetime.now(UTC)
    wanted = filters()
    facts = {
        "filters": wanted,
        "board": boards.show(office, seat, wanted, now),
        "address": _address,
        "chosen": chosen,
        "here": here(),
    }
    facts |= {"states": OPEN, "closed": State.CLOSED}
    if request.headers.get("X-Part"):
        return render_template("console/board_part.html", **facts)
    facts |= {
        "views": VIEWS, "communities": _communities(), "bulk": BULK, "in_hand": cards.in_hand(office, seat, now) if _is_first(wanted) else [],
        "lanes": _lanes(), "urgencies": URGENCIES, "categories": office.reader.categories.values(),
        **_helpers(wanted), "saved": views.views(office, seat),
        "why": why or _unknown(), "kept": _kept(),
    }  # fmt: skip
    return render_template("console/board.html", **facts)


@blueprint.post("/bulk")
def bulk() -> ResponseReturnValue:
    """One command for all orders that were chosen; each row says what came of it. What was refused stays chosen, and what
    was typed stays where it was. The board's filters stand in this address too."""
    chosen = list(dict.fromkeys(request.form.getlist("code")))
    command, words, person = (request.form.get(name, "") for name in ("command", "words", "person"))
    if command not in (*BULK, UNDO) or not chosen:
        return render(why=shown.refused(NotUnderstood("console.board.none_chosen")))
    try:
        helper = number(person) or (_helper(clean_line(person).strip()) if person.strip() else None)
    except NotFound as missing:
        return render(why=shown.refused(missing), chosen=chosen)
    each = [Act(command, code, clean(words), helper) for code in chosen]
    done = acts.act_on_each(access.the_office(), access.seat(), each, datetime.now(UTC))
    shown.told(*done)
    left = {one.code for one in done if not one.is_done}
    if command == UNDO:
        return redirect(access.own_address(request.form.get("back")) or here(), 303)
    if left:
        shown.keep_typed()
        return render(chosen=left)
    return redirect(here(), 303)


@blueprint.get("/matches/<code>")
def matches(code: str) -> ResponseReturnValue:
    """The three best for an order, to choose from by 1, 2, 3 or Enter."""
    card, best = page.matches(access.the_office(), access.seat(), code, datetime.now(UTC))
    return render_template(
        "console/matches.html", card=card, best=best, back=access.own_address(request.args.get("back"))
    )


@blueprint.get("/find")
def find() -> ResponseReturnValue:
    """Orders, people and pages that fit the words of Ctrl-K."""
    words = clean(request.args.get("q", ""))[:LONGEST]
    found = search.find(access.the_office(), access.seat(), words, datetime.now(UTC))
    return render_template("console/found.html", found=found, words=words)


def filters() -> Filters:
    """The filters of the address; what is not known counts for nothing and is named on the page (`_unknown`)."""
    given = _given()
    wanted = Filters(**{name: value if _is_known(name, value) else "" for name, value in given.items()})
    return wanted if wanted.view in VIEWS else replace(wanted, view="all" if any(given.values()) else "mine")


def _given() -> dict[str, str]:
    found = {each.name: clean(request.args.get(each.name, ""))[:LONGEST].strip() for each in fields(Filters)}
    if found["handler"] and number(found["handler"]) is None:
        with suppress(NotFound):
            found["handler"] = str(_helper(found["handler"]))
    return found


def _unknown() -> str:
    """A sentence that names the filters that nobody knows; empty where there are none."""
    names = [
        value[:LONGEST_SHOWN]
        for name, value in _given().items()
        if value and name != "view" and not _is_known(name, value)
    ]
    return access.the_office().say("console.board.unknown_filters", names="、".join(names)) if names else ""


def _helper(name: str) -> int:
    """The one person of the roster with this name. NotFound for none or several."""
    found = [
        each
        for each in search.helpers(access.the_office(), access.seat(), name)
        if fold_name(each.name) == fold_name(name)
    ]
    if len(found) != 1:
        key = "several_persons" if found else "unknown_person"
        raise NotFound(f"console.board.{key}", name=name, number=len(found))
    return found[0].person_id


def _is_known(name: str, value: str) -> bool:
    """Whether the filter can have this value; those that people type can have any."""
    office = access.the_office()
    known: Mapping[str, Collection[str]] = {
        "state": tuple(State), "urgency": URGENCIES, "lane": _lanes(), "category": office.reader.categories,
        "community": office.reader.communities(), "overdue": ("1",),
    }  # fmt: skip
    if name == "handler":
        return number(value) is not None
    if name == "q":
        return not value or bool(fold(value))
    return name not in known or value in known[name]


def _helpers(wanted: Filters) -> dict[str, Any]:
    """Everybody, to be chosen from; of a long roster only the one who is chosen, and others are typed by name."""
    everybody = search.helpers(access.the_office(), access.seat())
    if len(everybody) <= MOST_LISTED:
        return {"helpers": everybody, "by_name": False}
    return {"helpers": [each for each in everybody if str(each.person_id) == wanted.handler], "by_name": True}


def here() -> str:
    """The board by the filters of this address, which may be that of one of its forms."""
    return url_for("console.board.board", **_kept())


def _kept() -> dict[str, Any]:
    """The filters of the address, as they stand there."""
    return {each.name: request.args[each.name] for each in fields(Filters) if each.name in request.args}


def _is_first(wanted: Filters) -> bool:
    return wanted == Filters()


def _address(wanted: Filters, **changed: str) -> str:
    """The board's address with these filters changed; a page begins anew."""
    values = {**asdict(wanted), "after": "", **changed}
    return url_for("console.board.board", **{name: value for name, value in values.items() if value})


def _communities() -> list[str]:
    """Those whose orders this person decides on."""
    scope = access.signed().rights.scope()
    return [name for name in access.the_office().reader.communities() if scope is None or name in scope]


def _lanes() -> list[str]:
    return sorted(
        {category.lane for category in access.the_office().reader.categories.values() if not is_restricted(category)}
    )
