"""What the page 设置 shows: the office's settings as they are in the database now, and their latest changes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.orders.rights import STAFF
from bot.orders.time_limits import limit_changes
from bot.services.console.seat import Seat
from bot.services.console.settings import labels, place_list
from bot.services.console.settings.place_list import Place
from bot.services.console.settings.writing import admit
from bot.services.notices.words import wording
from bot.services.office import Office
from bot.services.settings import adjustable
from bot.services.settings.adjustable import CHANNELS, DAYS, DUTY, LIMITS, PHONES, PLACES, TEXT, UNUSABLE, Adjustable
from bot.store.console import settings as store
from bot.store.persons import people

MOST_CHANGES, MOST_STAFF = 60, 300
NOTHING = "[]"  # recorded where nothing was there before
GROUPS = ("plain", "matter", "step")


@dataclass(frozen=True, slots=True)
class Number:
    """One of the limits, with what it may be."""

    name: str
    label: str
    unit: str
    value: str
    least: int
    most: int
    is_fixed: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that may be changed. `is_own`: it is another one than in the files."""

    part: str
    label: str
    words: str
    row: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was made. `values`: (what, old, new) in words."""

    row: int
    what: str
    by: str
    at: datetime
    values: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """All of the page. `rows`: the newest row of each part, 0 where it has none. `broken`: (part, why) of stored values
    that cannot be used."""

    numbers: Mapping[str, Sequence[Number]]
    phones: Sequence[tuple[str, str, str]]  # name, label, number
    year: int
    years: Sequence[int]
    days: Sequence[tuple[str, str]]  # day, kind
    is_provisional: bool
    sentences: Sequence[Sentence]
    changes: Sequence[Change]
    broken: Sequence[tuple[str, str]]
    rows: Mapping[str, int]
    channels: Sequence[tuple[str, str, str]]  # name, label, place in the order; empty: not used
    duty: Sequence[tuple[int, str]]  # id, name
    may_serve: Sequence[tuple[int, str]]  # of whom somebody is put on duty
    places: Mapping[str, Sequence[Place]]  # by kind


def page(office: Office, seat: Seat, year: int | None, now: datetime) -> Page:
    """As an administrator sees it. `year`: whose days are shown; None or another one than offered: the present one."""
    admit(seat)
    with office.db.reading() as tx:
        rows, log = store.newest(tx), store.history(tx, MOST_CHANGES)
        names = {each: people.by_id(tx, each).name or "" for each in people.with_role(tx, (STAFF,))[:MOST_STAFF]}
    state, broken = adjustable.all_adjusted(office.adjustable.files, {row.part: row.value for row in rows})
    today = now.astimezone(state.calendar.zone).date()
    years = sorted({*state.calendar.years, today.year, today.year + 1})
    chosen = year if year in years else today.year
    days = adjustable.shown(state, f"{DAYS}{chosen}")
    return Page(
        numbers=_numbers(office, state),
        phones=[(name, labels.of(office, PHONES, name), number) for name, number in state.phones.items()],
        year=chosen, years=years, days=[pair for pair in days.items() if pair[0] != "provisional"],
        is_provisional="provisional" in days, sentences=list(_sentences(office, state, {row.part: row.id for row in rows})),
        changes=[_change(office, row) for row in log if row.changes != NOTHING],
        broken=[(labels.of_part(office, part), why) for part, why in broken.items()],
        channels=[(name, wording.way(office.texts, name), _place_of(state, name)) for name in office.adjustable.files.known_channels],
        duty=[(each, names[each]) for each in state.duty if each in names],
        may_serve=[pair for pair in names.items() if pair[0] not in state.duty], places=place_list.listed(office, state),
        rows={**dict.fromkeys((LIMITS, PHONES, DUTY, CHANNELS, PLACES, f"{DAYS}{chosen}"), 0), **{row.part: row.id for row in rows}},
    )  # fmt: skip


def _place_of(state: Adjustable, name: str) -> str:
    return str(state.channels.index(name) + 1) if name in state.channels else ""


def _numbers(office: Office, state: Adjustable) -> dict[str, list[Number]]:
    """By group, in the order of the file."""
    found: dict[str, list[Number]] = {group: [] for group in GROUPS}
    bounds = limit_changes.bounds(state.limits)
    for name, value in adjustable.shown(state, LIMITS).items():
        bound, group = bounds[name], name.partition(".")[0]
        unit = office.say(f"console_settings.unit.{bound.unit}")
        number = Number(
            name, labels.of(office, LIMITS, name), unit, value, bound.least, bound.most, bound.is_fixed
        )  # fmt: skip
        found[group if group in GROUPS else "plain"].append(number)
    return found


def _sentences(office: Office, state: Adjustable, rows: Mapping[str, int]) -> Iterator[Sentence]:
    for key in adjustable.keys_of_texts(office.adjustable.files.texts):
        words = state.texts.template(key)
        is_own = words != office.adjustable.files.texts.template(key)
        yield Sentence(f"{TEXT}{key}", labels.of_text(office, key), words, rows.get(f"{TEXT}{key}", 0), is_own)


def _change(office: Office, row: Row[Any]) -> Change:
    """What was recorded in another form is shown without its values."""
    values = list[tuple[str, str, str]]()
    with suppress(*UNUSABLE):
        for name, old, new in json.loads(row.changes):
            was, is_now = (labels.value(office, row.part, name, each) for each in (old, new))
            values.append((labels.of(office, row.part, name), was, is_now))
    return Change(row.id, labels.of_part(office, row.part), row.by_name or "", row.created_at, values)
