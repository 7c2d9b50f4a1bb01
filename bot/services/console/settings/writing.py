"""Changes of the office's settings: each is a row with who, when, old and new; what was before can be brought back."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.errors import NotFound, NotUnderstood
from bot.orders.rights import ADMIN, STAFF
from bot.services.console.seat import LONGEST, Seat
from bot.services.console.settings import communities, form
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.services.settings import adjustable
from bot.services.settings.adjustable import CHANNELS, DAYS, DUTY, LIMITS, PHONES, PLACES, UNUSABLE, Adjustable
from bot.store.console import settings as store
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry

_YEAR = re.compile(r"20\d\d", re.ASCII)
_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was sent. `row`: the newest row of the part that the person saw, 0 where there was none."""

    part: str
    fields: Mapping[str, str]
    row: int


def save(office: Office, seat: Seat, draft: Draft, now: datetime) -> None:
    """The part changed as the form says. NotFound for whoever is no administrator and for an unknown part; NotUnderstood
    for what cannot be, also where somebody changed the part after the person had opened the page."""
    admit(seat)
    _know(office, draft.part)
    longest = max(map(len, draft.fields.values()), default=0)
    if longest > LONGEST:
        raise NotUnderstood("refused.too_long", most=LONGEST, length=longest)
    with office.db.transaction() as tx:
        present = next((row for row in store.newest(tx) if row.part == draft.part), None)
        if draft.row != (present.id if present is not None else 0):
            raise NotUnderstood("console_settings.bad.changed")
        before = _state(office, draft.part, present)
        kept = json.loads(present.value) if present is not None and present.value and not before.is_broken else None
        value = form.value_of(office, before.now, draft.part, draft.fields, kept)
        if isinstance(value, str) and typed_text.accuses(office, value):
            raise NotUnderstood("console_settings.bad.restricted")
        if draft.part == DUTY:
            _refuse_unknown(tx, value or [])
        _write(office, tx, seat, now, before, value)
    office.adjustable.load()  # this process follows at once, the others within a minute


def restore(office: Office, seat: Seat, row_id: int, now: datetime) -> None:
    """The part again as it was before that row; the rows since stay. NotFound where there is no such row."""
    admit(seat)
    with office.db.transaction() as tx:
        row = store.by_id(tx, row_id)
        if row is None:
            raise NotFound("console_settings.bad.part")
        _know(office, row.part)
        older = store.before(tx, row.part, row_id)
        try:
            value = json.loads(older.value) if older is not None and older.value is not None else None
            adjustable.adjusted(office.adjustable.files, row.part, value)
        except UNUSABLE as error:
            raise NotUnderstood("console_settings.bad.old") from error
        newest = next(each for each in store.newest(tx) if each.part == row.part)
        _write(office, tx, seat, now, _state(office, row.part, newest), value)
    office.adjustable.load()


def _refuse_unknown(tx: Tx, persons: list[int]) -> None:
    """On duty are staff alone."""
    if not set(persons) <= set(people.with_role(tx, (STAFF,))):
        raise NotUnderstood("console_settings.bad.no_person")


def admit(seat: Seat) -> None:
    """NotFound for whoever is no administrator."""
    if not seat.rights.holds(ADMIN):
        raise NotFound("console.error.404")


def _know(office: Office, part: str) -> None:
    known = part in (LIMITS, PHONES, DUTY, CHANNELS, PLACES) or (
        part.startswith(DAYS) and _YEAR.fullmatch(part.removeprefix(DAYS))
    )
    if not known and adjustable.key_of(part) not in adjustable.keys_of_texts(office.texts):
        raise NotUnderstood("console_settings.bad.part")


@dataclass(frozen=True, slots=True)
class _State:
    """A part before a change. `is_broken`: its value cannot be used, so the files stand."""

    part: str
    now: Adjustable
    is_broken: bool


def _state(office: Office, part: str, row: Row[Any] | None) -> _State:
    """As the part is now, by its newest row; None where it has none."""
    now, broken = adjustable.all_adjusted(office.adjustable.files, {part: row.value} if row is not None else {})
    return _State(part, now, bool(broken))


def _write(office: Office, tx: Tx, seat: Seat, now: datetime, before: _State, value: Any) -> None:
    part = before.part
    old = adjustable.shown(before.now, part)
    after = adjustable.adjusted(office.adjustable.files, part, value)
    new = adjustable.shown(after, part)
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    if not names and not before.is_broken:
        raise NotUnderstood("console_settings.bad.same")
    if part == PLACES:
        communities.close_missing(tx, before.now.place_rows, after.place_rows, now)
    changes = _AS_JSON([[name, old.get(name, ""), new.get(name, "")] for name in sorted(names)])
    kept = _AS_JSON(value) if value is not None else None
    row_id = store.add(tx, part, kept, changes, seat.person_id, now)
    detail = f"{part} {row_id}"
    audit.write(tx, now, Entry(Act.SETTINGS_CHANGE, audit.CONSOLE, who_id=seat.person_id, detail=detail))
