"""What an administrator does to people of the roster: bind codes, setup codes, taking rights away, a new device."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotAllowed, NotFound
from bot.orders.rights import ADMIN
from bot.services.accounts import setup_codes
from bot.services.console.people import listed
from bot.services.console.seat import Seat
from bot.services.files import exports
from bot.services.office import Office
from bot.services.roster import changes
from bot.services.roster.changes import By
from bot.store.database import Tx
from bot.store.reads import roster
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry

MOST_CODES = 100  # of one sheet


@dataclass(frozen=True, slots=True)
class Issued:
    """A code, shown this once. `scanned`: what its QR code says."""

    name: str
    code: str

    @property
    def scanned(self) -> str:
        return f"bind_{self.code}"


def by(seat: Seat) -> By:
    """The administrator as the one who changes the roster. NotFound for anybody else."""
    if not seat.rights.holds(ADMIN):
        raise NotFound("console_people.nobody")
    return By(audit.CONSOLE, seat.person_id)


def issue_codes(office: Office, seat: Seat, person_ids: Sequence[int], now: datetime) -> list[Issued]:
    """New bind codes; older ones of these people are void. NotAllowed for none, and for more than a sheet holds."""
    doer = by(seat)
    if len(person_ids) > MOST_CODES:
        raise NotAllowed("console_people.codes.too_many", most=MOST_CODES)
    with office.db.transaction() as tx:
        names = listed.names(tx, person_ids)
        if not names:
            raise NotAllowed("console_people.codes.none")
        codes = changes.issue_codes(office, tx, list(names), now, doer)
    return [Issued(names[person], code) for person, code in codes.items()]


def setup_code(office: Office, seat: Seat, person_id: int, now: datetime) -> str:
    """A code to set a console password; one's own is changed with the old one."""
    return setup_codes.issue_setup_code(office, _other(seat, person_id), by(seat).person_id, now)


def take_away(office: Office, seat: Seat, person_id: int, now: datetime) -> str:
    """All rights of the person, who is named."""
    doer, other = by(seat), _other(seat, person_id)
    with office.db.transaction() as tx:
        name = _name(tx, other)
        changes.take_away(office, tx, other, now, doer)
    return name


def confirm_device(office: Office, seat: Seat, person_id: int, now: datetime) -> str:
    """The person's new device is trusted; the name. One's own is confirmed by another administrator."""
    doer = by(seat)
    if person_id == seat.person_id:
        raise NotAllowed("device.own")
    with office.db.transaction() as tx:
        name = _name(tx, person_id)
        if not changes.confirm_device(tx, person_id, now, doer):
            raise NotFound("device.none", name=name)
    return name


def export(office: Office, seat: Seat, now: datetime) -> bytes:
    """The roster as a workbook, a row for each role, without telephone numbers; on record."""
    doer, words = by(seat), listed.role_words(office)
    with office.db.transaction() as tx:
        rows = roster.everybody(tx)
        people = len({row.person_id for row in rows})
        audit.write(tx, now, Entry(Act.EXPORT, doer.source, doer.person_id, detail=f"roster {people}"))
    fields = ("role", "name", "community", "grid", "branch", "skills")
    head = [office.say(f"roster.columns.{field}") for field in fields]
    table = [[words.get(x.role, x.role), x.name, x.community, x.grid, x.branch, "、".join(x.skills)] for x in rows]
    return exports.workbook(office.say("console_people.title"), head, table)


def _other(seat: Seat, person_id: int) -> int:
    if person_id == seat.person_id:
        raise NotAllowed("console_people.own")
    return person_id


def _name(tx: Tx, person_id: int) -> str:
    found = listed.names(tx, [person_id])
    if person_id not in found:
        raise NotFound("console_people.nobody")
    return found[person_id]
