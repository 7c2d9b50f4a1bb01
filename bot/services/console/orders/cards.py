"""One order as a card of the board."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.visibility import Visibility
from bot.services.console import callers
from bot.services.console.seat import Seat, reading
from bot.services.context.work.lists import OPEN, Lists
from bot.services.office import Office
from bot.services.orders import limit_words, shown
from bot.store import exclusions
from bot.store.reads import order_lists, work_lists
from bot.understanding import Place

PLACES = 300  # orders whose place is opened for a search
WORDS = 70  # characters of what was said


@dataclass(frozen=True, slots=True)
class Card:
    """An order as the board shows it. `due`: empty where there is no limit. `level`: late, soon or fine."""

    code: str
    category: str
    urgency: str
    state: str
    words: str
    place: str
    handler: str
    due: str
    level: str
    same: str | None
    version: int
    created_at: datetime


def of_caller(office: Office, seat: Seat, phone: str, now: datetime) -> list[Card]:
    """The open orders before this person whose contact is this number, as far as is looked; on record."""
    return _cards(office, callers.of_number(office, seat, _open_to(office, seat, now), phone, now), now)


def at_address(office: Office, seat: Seat, place: Place, now: datetime) -> list[Card]:
    """The same of a whole address with its room."""
    return _cards(office, callers.of_address(office, seat, _open_to(office, seat, now), place, now), now)


def _open_to(office: Office, seat: Seat, now: datetime) -> Sequence[Any]:
    with reading(office, seat, now) as (tx, context):
        found = context.lists
        assert isinstance(found, Lists)
        wanted = found.wanted("", None) if seat.rights.decides else None
        return work_lists.in_states(tx, replace(wanted, shown=PLACES), OPEN) if wanted is not None else []


def _cards(office: Office, rows: Sequence[Any], now: datetime) -> list[Card]:
    return [card(office, row, row.handler_name, None, now) for row in rows]


def card(office: Office, order: Order, handler: str | None, same: str | None, now: datetime) -> Card:
    """As staff read it."""
    words = " ".join(shown.words(office, order, Visibility.STAFF).split())
    due, level = limit_words.of_matter(office, order, now)
    return Card(
        code=order.code, category=office.reader.category(order.category).name, urgency=order.urgency, state=order.state,
        words=words if len(words) <= WORDS else words[: WORDS - 1] + "…", place=shown.house(office, order) or "",
        handler=handler or "", due=due, level=level, same=same, version=order.version, created_at=order.created_at,
    )  # fmt: skip


def in_hand(office: Office, seat: Seat, now: datetime) -> Sequence[Card]:
    """What this person has promised to do."""
    with office.db.reading() as tx:
        reader = exclusions.reader(tx, seat.person_id, seat.rights)
        found = [row for row in order_lists.handled_by(tx, seat.person_id, reader) if not is_restricted(row)]
    return [card(office, row, seat.name, None, now) for row in found]
