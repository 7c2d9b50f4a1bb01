"""审计: what was done, by whom, about whom. Of a restricted matter only discipline staff whom it is not about see a row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row

from bot import cursors
from bot.errors import NotFound
from bot.orders import codes
from bot.orders.restricted import is_restricted
from bot.orders.rights import ADMIN, DISCIPLINE
from bot.services.audit import chaining
from bot.services.console.seat import Seat
from bot.services.files import exports
from bot.services.office import Office
from bot.services.restricted import box
from bot.store import exclusions, orders
from bot.store.database import Tx
from bot.store.records import audit, listed
from bot.store.records.acts import Act
from bot.store.records.audit import API, CLI, CLOCK, Entry
from bot.store.records.chain import Checked
from bot.store.records.listed import Position, Wanted
from bot.understanding.normalize import clean_name

SHOWN = 100  # rows of a page
MOST = 10_000  # rows of an export
READ = 500  # rows of an export read at a time


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


@dataclass(frozen=True, slots=True)
class Line:
    """One row in words. `code`: of the order, where there is one."""

    at: datetime
    who: str
    act: str
    whose: str
    code: str
    source: str
    detail: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows, and where the next begins; None after the last. `unclear`: the names of filters that cannot be
    read."""

    lines: Sequence[Line]
    after: str | None
    unclear: Sequence[str] = ()


def show(office: Office, seat: Seat, filters: Filters) -> Page:
    """The newest rows that fit."""
    _admit(seat)
    unclear = _unclear(filters)
    if unclear:
        return Page([], None, unclear)
    with office.db.reading() as tx:
        wanted = _wanted(office, tx, seat, filters)
        rows = listed.page(tx, wanted, SHOWN + 1) if wanted is not None else []
        lines = _lines(office, tx, seat, rows[:SHOWN])
    return Page(lines, cursors.opaque(rows[SHOWN - 1].at, rows[SHOWN - 1].id) if len(rows) > SHOWN else None)


def export(office: Office, seat: Seat, filters: Filters, now: datetime) -> bytes:
    """The newest rows that fit, at most MOST, as a workbook; on record. What cannot be read yields none."""
    _admit(seat)
    with office.db.reading() as tx:
        wanted = _wanted(office, tx, seat, filters) if not _unclear(filters) else None
        lines = list(_all(office, tx, seat, wanted)) if wanted is not None else []
    with office.db.transaction() as tx:  # before anything is handed out
        audit.write(tx, now, Entry(Act.EXPORT, audit.CONSOLE, seat.person_id, detail=f"audit {len(lines)}"))
    fields = ("at", "who", "act", "whose", "code", "source", "detail")
    head = [office.say(f"console_people.audit.{field}") for field in fields]
    zone = office.calendar.zone
    rows = [
        [x.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"), x.who, x.act, x.whose, x.code, x.source, x.detail]
        for x in lines
    ]
    return exports.workbook(office.say("console_people.audit.title"), head, rows)


def verify(office: Office, seat: Seat, now: datetime) -> Checked:
    """Check the chain; a long one from where it was verified last."""
    _admit(seat)
    return chaining.verify_soon(office, now)


def acts(office: Office) -> list[tuple[str, str]]:
    """Every act with its name, by name."""
    return [(each.value, act_name(office, each.value)) for each in Act]


def act_name(office: Office, act: str) -> str:
    """The act in words; what an older version wrote and this one does not know, as it stands."""
    name = act.replace(".", "_")
    key = f"console_people.acts.{name}"
    return office.say(key) if office.texts.has(key) else act


def detail_in_words(office: Office, detail: str) -> str:
    """The words that the service itself writes, in Chinese; numbers, names and addresses as they stand."""
    keys = ((word, f"console_people.detail.{word}") for word in detail.split(" "))
    return " ".join(office.say(key) if word.isalpha() and office.texts.has(key) else word for word, key in keys)


def _admit(seat: Seat) -> None:
    if not seat.rights.holds(ADMIN, DISCIPLINE):
        raise NotFound("console.error.404")


def _unclear(filters: Filters) -> list[str]:
    days = [name for name in ("since", "until") if getattr(filters, name) and _day(getattr(filters, name)) is None]
    return [*days, *(["code"] if filters.code and not codes.is_valid(filters.code) else [])]


def _wanted(office: Office, tx: Tx, seat: Seat, filters: Filters) -> Wanted | None:
    """None where nothing can fit: nobody of the name, no such order for this person."""
    persons = listed.of_name(tx, clean_name(filters.name)) if filters.name else None
    order_id = None
    if filters.code:
        order = orders.by_code(tx, filters.code)
        if order is None or not _may_know(tx, order, seat):
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


def _all(office: Office, tx: Tx, seat: Seat, wanted: Wanted) -> Iterator[Line]:
    """Up to MOST lines."""
    left = MOST
    while left > 0:
        rows = listed.page(tx, wanted, min(READ, left))
        yield from _lines(office, tx, seat, rows)
        left -= len(rows)
        if len(rows) < READ:
            return
        wanted = replace(wanted, after=(rows[-1].at, rows[-1].id))


def _lines(office: Office, tx: Tx, seat: Seat, rows: Sequence[Row[Any]]) -> list[Line]:
    """Those rows of which this person may know; what is kept from the person is not among the rows."""
    known: dict[int, bool] = {}
    for row in rows:
        if row.lane is not None and row.order_id not in known:
            order = orders.by_code(tx, row.order_code) if is_restricted(row) else None
            known[row.order_id] = order is None or _may_know(tx, order, seat)
    return [_line(office, row) for row in rows if known.get(row.order_id, True)]


def _may_know(tx: Tx, order: Any, seat: Seat) -> bool:
    if is_restricted(order):
        return box.may_read(tx, order, seat.person_id, seat.rights)
    return box.may_know(tx, order, seat.person_id)


def _line(office: Office, row: Row[Any]) -> Line:
    return Line(
        at=row.at, who=_who(office, row), act=act_name(office, row.act), whose=_whose(office, row),
        code=row.order_code or "", source=_source(office, row.source), detail=detail_in_words(office, row.detail or ""),
    )  # fmt: skip


def _who(office: Office, row: Row[Any]) -> str:
    if row.who_id is not None:
        return row.who or office.say("console_people.audit.resident")
    if row.source == CLI:
        return office.say("console_people.audit.operator")
    return office.say("console_people.audit.nobody" if row.source != CLOCK else "console_people.audit.system")


def _whose(office: Office, row: Row[Any]) -> str:
    if row.whose_id is None:
        return ""
    return row.whose or office.say("console_people.audit.resident")


def _source(office: Office, source: str) -> str:
    if source.startswith(API):
        return office.say("console_people.audit.api", name=source.removeprefix(API))
    key = f"console_people.source.{source}"
    return office.say(key) if office.texts.has(key) else source


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
