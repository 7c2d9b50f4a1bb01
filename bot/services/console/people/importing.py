"""The roster's file at the console: read and shown first, then written. Its rows wait sealed in between."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.errors import NotAllowed, NotFound
from bot.orders.rights import ADMIN
from bot.services import roster
from bot.services.console.people import listed
from bot.services.console.people.changes import by
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.services.roster.preview import Change, Held, preview
from bot.services.roster.rows import Entry
from bot.store.console import drafts
from bot.store.console.drafts import Draft
from bot.store.database import Tx
from bot.store.persons import people

KIND = "roster"
SHOWN = 200  # people of each list


@dataclass(frozen=True, slots=True)
class Line:
    """A person of the preview. `tail`: the last digits of the telephone number."""

    name: str
    former: str | None
    tail: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Part:
    """One list of the preview: up to SHOWN lines, and how many there are."""

    name: str
    lines: Sequence[Line]
    number: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What the import would do. `doubts`: of rows that are taken in all the same. `until`: when the rows are gone."""

    until: datetime
    parts: Sequence[Part]
    same: int
    replace: bool
    doubts: Sequence[tuple[int, str]]


def upload(office: Office, seat: Seat, content: bytes, now: datetime, *, replace: bool) -> str:
    """Read the file and keep its rows for the preview; their key. Raises BadRoster."""
    by(seat)
    found, key = roster.read(office, content), secrets.token_hex(16)
    with office.db.transaction() as tx:
        data = {"replace": replace, "rows": [asdict(entry) for entry in found]}
        drafts.put(tx, key, seat.person_id, KIND, data, now)
    return key


def show(office: Office, seat: Seat, key: str, now: datetime) -> Shown:
    """The preview. NotFound where the rows are gone."""
    by(seat)
    words = listed.role_words(office)
    with office.db.reading() as tx:
        draft = _kept(tx, seat, key, now)
        found, replace = _rows(draft)
        would = preview(tx, found, replace=replace)

    def part(name: str, changes: Sequence[Change]) -> Part:
        lines = [
            Line(x.name, x.former, x.phone[-listed.TAIL :], _said(words, x.before), _said(words, x.after))
            for x in changes[:SHOWN]
        ]
        return Part(name, lines, len(changes))

    parts = [part("comes", would.comes), part("changes", would.changes), part("goes", would.goes)]
    return Shown(draft.until.astimezone(office.calendar.zone), parts, would.same, replace, roster.doubts(office, found))


def confirm(office: Office, seat: Seat, key: str, now: datetime) -> int:
    """Write the rows; how many. NotFound where they are gone; NotAllowed where the person would be no administrator
    any more."""
    doer = by(seat)
    with office.db.transaction() as tx:
        found, replace = _rows(_kept(tx, seat, key, now))
        drafts.drop_all(tx, seat.person_id, KIND)
        roster.enter(office, tx, found, now, replace=replace, by=doer)
        if not people.rights_of(tx, seat.person_id).holds(ADMIN):
            raise NotAllowed("console_people.import.own")
    return len({entry.phone for entry in found})


def give_up(office: Office, seat: Seat) -> None:
    """The rows are forgotten."""
    by(seat)
    with office.db.transaction() as tx:
        drafts.drop_all(tx, seat.person_id, KIND)


def _kept(tx: Tx, seat: Seat, key: str, now: datetime) -> Draft:
    draft = drafts.find(tx, key, seat.person_id, KIND, now)
    if draft is None:
        raise NotFound("console_people.import.gone")
    return draft


def _rows(draft: Draft) -> tuple[list[Entry], bool]:
    return [_entry(row) for row in draft.data["rows"]], bool(draft.data["replace"])


def _entry(row: dict[str, Any]) -> Entry:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Entry(**values)


def _said(words: dict[str, str], held: Sequence[Held]) -> str:
    each = [
        "，".join(filter(None, [listed.in_words(words, role, community, grid), branch, "、".join(skills)]))
        for role, community, grid, branch, skills in held
    ]
    return "；".join(each)
