"""审计: what was done, by whom, about whom. Of a restricted matter only discipline staff whom it is not about see a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import cursors
from bot.errors import NotFound
from bot.orders.rights import ADMIN, DISCIPLINE
from bot.services.audit import chaining
from bot.services.console.audit_log.filters import Filters, not_read, wanted_of
from bot.services.console.audit_log.lines import Line, all_lines, lines_of
from bot.services.console.seat import Seat
from bot.services.files import exports
from bot.services.office import Office
from bot.store.records import audit, listed
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.records.chain import Checked

SHOWN = 100  # rows of a page


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
    unclear = not_read(filters)
    if unclear:
        return Page([], None, unclear)
    with office.db.reading() as tx:
        wanted = wanted_of(office, tx, seat, filters)
        rows = listed.page(tx, wanted, SHOWN + 1) if wanted is not None else []
        lines = lines_of(office, tx, seat, rows[:SHOWN])
    return Page(lines, cursors.opaque(rows[SHOWN - 1].at, rows[SHOWN - 1].id) if len(rows) > SHOWN else None)


def export(office: Office, seat: Seat, filters: Filters, now: datetime) -> bytes:
    """The newest rows that fit, at most MOST, as a workbook; on record. What cannot be read yields none."""
    _admit(seat)
    with office.db.reading() as tx:
        wanted = wanted_of(office, tx, seat, filters) if not not_read(filters) else None
        lines = list(all_lines(office, tx, seat, wanted)) if wanted is not None else []
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


def _admit(seat: Seat) -> None:
    if not seat.rights.holds(ADMIN, DISCIPLINE):
        raise NotFound("console.error.404")
