"""The entries of the answer book: the files of config/answers, with what the console wrote over them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.errors import NotFound
from bot.orders.restricted import is_restricted
from bot.orders.rights import rights
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.store.console import answers as store
from bot.store.persons import people
from bot.understanding.faq.retrieval import Entry

SOON = timedelta(days=30)  # before the day until which an answer holds


@dataclass(frozen=True, slots=True)
class Version:
    """An entry as it stands or stood. `row`: 0 for that of the files. `by` and `at`: who wrote it when, None for the files."""

    row: int
    entry: str
    category: str
    questions: Sequence[str]
    answer: str
    source: str
    valid_until: date
    phone: str
    alone: bool
    is_on: bool
    owner_id: int | None
    owner: str
    by: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry for this person. `level`: late once it holds no longer, soon a month before, else fine."""

    version: Version
    level: str
    may_edit: bool


def entries(office: Office, seat: Seat, words: str, now: datetime) -> list[Shown]:
    """All that fit the words, those that hold no longer first, then by the day until which they hold."""
    with office.db.reading() as tx:
        rows = {row.entry: _of_row(row) for row in store.present(tx)}
    found = [version for version in {**_files(office), **rows}.values() if _fits(version, words.strip())]
    today = now.astimezone(office.calendar.zone).date()
    return [
        Shown(version, level(version, today), may_edit(seat, version))
        for version in sorted(found, key=lambda each: (each.valid_until, each.entry))
    ]


def history(office: Office, entry: str) -> list[Version]:
    """The entry as it stands and stood, the newest first; NotFound where there is none."""
    with office.db.reading() as tx:
        rows = [_of_row(row) for row in store.history(tx, entry)]
    file = _files(office).get(entry)
    found = [*rows, *([file] if file is not None else [])]
    if not found:
        raise NotFound("console_answers.bad.entry")
    return found


def may_edit(seat: Seat, version: Version | None) -> bool:
    """Whoever answers for the whole office, and the owner; a new one whoever decides on orders."""
    if version is None or seat.rights.scope() is None:
        return seat.rights.decides
    return version.owner_id == seat.person_id


def level(version: Version, today: date) -> str:
    """See `Shown.level`."""
    if version.valid_until < today:
        return "late"
    return "soon" if version.valid_until - today <= SOON else "fine"


def owners(office: Office) -> Mapping[int, str]:
    """Who may be an owner: whoever decides on orders, by id."""
    with office.db.reading() as tx:
        rows = people.with_names(tx)
    held: dict[int, list[tuple[str, str | None, None]]] = {}
    for row in rows:
        held.setdefault(row.id, []).append((row.role, row.community, None))
    return {row.id: row.name or "" for row in rows if rights(held[row.id]).decides}


def categories(office: Office) -> list[tuple[str, str]]:
    """(code, name) of those that an entry may be about."""
    known = sorted(office.reader.categories.values(), key=lambda each: each.code)
    return [(each.code, f"{each.level1} · {each.level2}") for each in known if not is_restricted(each)]


def _files(office: Office) -> dict[str, Version]:
    return {known.entry.id: _of_file(known.entry) for known in office.answers.known}


def _of_file(entry: Entry) -> Version:
    return Version(
        row=0, entry=entry.id, category=entry.category, questions=entry.questions, answer=entry.answer, source=entry.source,
        valid_until=entry.valid_until, phone=entry.phone or "", alone=entry.alone, is_on=True, owner_id=None, owner="",
        by=None, at=None,
    )  # fmt: skip


def _of_row(row: Row[Any]) -> Version:
    return Version(
        row=row.id, entry=row.entry, category=row.category, questions=tuple(row.questions), answer=row.answer,
        source=row.source, valid_until=row.valid_until, phone=row.phone or "", alone=row.alone, is_on=row.is_on,
        owner_id=row.owner_id, owner=row.owner_name or "", by=row.by_name or "", at=row.at,
    )  # fmt: skip


def _fits(version: Version, words: str) -> bool:
    said = "\n".join([*version.questions, version.answer, version.source, version.owner])
    return all(word in said for word in words.split())
