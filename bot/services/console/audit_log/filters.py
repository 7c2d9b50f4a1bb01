"""What may be asked of the audit, and of which orders this person may know."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot import cursors
from bot.orders import codes
from bot.orders.restricted import is_restricted
from bot.orders.rights import DISCIPLINE
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.services.restricted import knowing, reading
from bot.store import exclusions, orders
from bot.store.database import Tx
from bot.store.records import listed
from bot.store.records.listed import Position, Wanted
from bot.understanding.normalize import clean_name


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for, as typed; empty where nothing is. `since`, `until`: days, both within. `after`: where the page
    begins, from `Page.after`."""

    act: str = ""
    name: str = ""
    code: str = ""
    since: str = ""
    until: str = ""
    after: str = ""


def not_read(filters: Filters) -> list[str]:
    """The names of filters that cannot be read."""
    days = [name for name in ("since", "until") if getattr(filters, name) and _day(getattr(filters, name)) is None]
    return [*days, *(["code"] if filters.code and not codes.is_valid(filters.code) else [])]


def wanted_of(office: Office, tx: Tx, seat: Seat, filters: Filters) -> Wanted | None:
    """None where nothing can fit: nobody of the name, no such order for this person."""
    persons = listed.of_name(tx, clean_name(filters.name)) if filters.name else None
    order_id = None
    if filters.code:
        order = orders.by_code(tx, filters.code)
        if order is None or not may_know(tx, order, seat):
            return None
        order_id = order.id
    if persons == []:
        return None
    since, until = _day(filters.since), _day(filters.until)
    reader = exclusions.reader(tx, seat.person_id, seat.rights)
    return Wanted(
        reader, filters.act or None, persons, order_id, _midnight(office, since),
        _midnight(office, until + timedelta(days=1)) if until is not None else None,
        _position(filters.after), restricted=seat.rights.holds(DISCIPLINE),
    )  # fmt: skip


def may_know(tx: Tx, order: Any, seat: Seat) -> bool:
    if is_restricted(order):
        return reading.may_read(tx, order, seat.person_id, seat.rights)
    return knowing.may_know(tx, order, seat.person_id)


def _day(given: str) -> date | None:
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None
    return found if 1970 < found.year < 2200 else None


def _midnight(office: Office, day: date | None) -> datetime | None:
    return datetime.combine(day, time(), office.calendar.zone) if day is not None else None


def _position(given: str) -> Position | None:
    """None also for what is no position."""
    found = cursors.read(given, cursors.moment, cursors.row_id)
    return (found[0], found[1]) if found is not None else None
