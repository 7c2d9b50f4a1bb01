"""The board: the orders that a person answers for, by view, state and filters, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot import cursors
from bot.characters import number
from bot.dialogue.context import Context
from bot.orders import codes
from bot.orders.lifecycle import State
from bot.orders.restricted import is_restricted
from bot.orders.visibility import Visibility
from bot.services import intake
from bot.services.console.orders.cards import PLACES, Card, card
from bot.services.console.seat import Seat, reading
from bot.services.context.work import lists
from bot.services.context.work.lists import OPEN, SOON, Lists
from bot.services.office import Office
from bot.services.orders import shown
from bot.store import orders as store
from bot.store.database import Tx
from bot.store.reads import order_lists, work_lists
from bot.store.reads.work_lists import Wanted
from bot.understanding.normalize import fold

VIEWS = ("mine", "due_soon", "overdue", "today", "all")
SHOWN = 50  # orders of a page
COUNTED = 500  # of one state and community; more is told as so many and more
EQUAL = ("grid", "lane", "category")
MINE = (State.SUBMITTED,)  # somebody of the office must act


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; empty where nothing is. `after`: where the page begins, from `Board.after`."""

    view: str = "mine"
    state: str = ""
    community: str = ""
    grid: str = ""
    lane: str = ""
    category: str = ""
    urgency: str = ""
    handler: str = ""
    overdue: str = ""
    q: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """A page of orders, the numbers by state, and where the next page begins. `most`: from so many on nobody has
    counted exactly."""

    cards: Sequence[Card]
    numbers: Mapping[str, int]
    total: int
    after: str | None
    most: int = COUNTED


def show(office: Office, seat: Seat, filters: Filters, now: datetime) -> Board:
    """The page. Nothing where the filters name what is not this person's."""
    with reading(office, seat, now) as (tx, context):
        found = context.lists
        assert isinstance(found, Lists)
        ways = _ways(found, filters)
        if not ways or not seat.rights.decides:
            return Board([], dict.fromkeys(OPEN, 0), 0, None)
        wanted, rows = next(((way, rows) for way in ways if (rows := _rows(found, way, filters))), (ways[0], []))
        numbers = work_lists.numbers(tx, wanted, OPEN, COUNTED)
        if codes.is_valid(filters.q.strip()):
            one = _one(office, tx, context, filters.q.strip(), now)
            return Board(one, numbers, len(one), None)
        known_as = intake.code_of_number(tx, filters.q.strip()) if filters.q.strip() else None
        if known_as is not None:
            one = _one(office, tx, context, known_as, now)
            return Board(one, numbers, len(one), None)
        beside = _by_place(office, found, wanted, filters, rows)
        total = rows[0].total if rows else 0
        after = cursors.opaque(*lists.position(rows[-1])) if total > len(rows) else None
        total += len(beside)
        return Board(
            [
                card(office, row, row.handler_name, found.listed(row).same, now)
                for row in sorted([*rows, *beside], key=_turn)
            ],
            numbers,
            total,
            after,
        )


def _ways(found: Lists, filters: Filters) -> list[Wanted]:
    """As `Lists.ways`, with the filters."""
    words = " ".join(filter(None, [filters.q.strip(), filters.community, filters.urgency]))
    equal: dict[str, Any] = {name: getattr(filters, name) for name in EQUAL if getattr(filters, name)}
    if filters.handler:
        equal["handler_id"] = number(filters.handler) or -1
    return [replace(way, equal=equal, shown=SHOWN) for way in found.ways(words, _position(filters.after))]


def _rows(found: Lists, wanted: Wanted, filters: Filters) -> Sequence[Any]:
    turn = found.turn
    tx, now = turn.tx, turn.now
    everywhere = turn.office.reader.communities()
    if filters.overdue or filters.view == "overdue":
        return work_lists.due(tx, wanted, None, now, everywhere)
    if filters.state:
        return work_lists.in_states(tx, wanted, [filters.state])
    if filters.view == "due_soon":
        return work_lists.due(tx, wanted, now, now + SOON, everywhere)
    if filters.view == "today":
        return work_lists.received(tx, wanted, turn.midnight())
    if filters.view == "all":
        return work_lists.in_states(tx, wanted, OPEN)
    return work_lists.in_states(tx, replace(wanted, present_at=now), MINE)


def _by_place(
    office: Office, found: Lists, wanted: Wanted, filters: Filters, rows: Sequence[Any]
) -> list[Any]:  # fmt: skip
    """The orders of the first page and behind it, as far as is looked, whose house or helper fits all words; without `rows`.
    The place is sealed, so no statement can search it. Room, codes and names in it are not searched: staff read them by a look that
    is on record."""
    if not wanted.words or wanted.after is not None:
        return []
    known = {row.id for row in rows}
    near = _rows(found, replace(wanted, words=(), shown=PLACES), filters)
    return [row for row in near if row.id not in known and _stands_in(_names(office, row), wanted)]


def _names(office: Office, row: Any) -> str:
    """What the board shows: the house, who helps and the masked words, as words are compared."""
    house, words = shown.house(office, row) or "", shown.words(office, row, Visibility.STAFF)
    return fold(f"{row.community or ''} {house} {row.handler_name or ''} {words}")


def _stands_in(names: str, wanted: Wanted) -> bool:
    return all(any(form in names for form in word.forms) for word in wanted.words)


def _turn(row: Any) -> tuple[int, datetime, int]:
    """The order of all lists."""
    return order_lists.rank(row.urgency), row.limit_at, row.id


def _one(office: Office, tx: Tx, context: Context, code: str, now: datetime) -> list[Card]:
    """The order of this number, where it is before this person."""
    order = store.by_code(tx, code)
    if order is None or is_restricted(order) or not context.orders.may_read(order):
        return []
    return [card(office, order, context.wording.helper(order), None, now)]


def _position(given: str) -> Sequence[Any] | None:
    """None also for what is no position."""
    found = cursors.read(given, cursors.text, cursors.moment, cursors.row_id)
    if found is None:
        return None
    urgency, limit_at, order_id = found
    return [urgency, limit_at.isoformat(), order_id]
