"""Rows of the audit in words: the act, who, from where and about whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.orders.restricted import is_restricted
from bot.services.console.audit_log.filters import may_know
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.store import orders
from bot.store.database import Tx
from bot.store.records import listed
from bot.store.records.acts import Act
from bot.store.records.audit import API, CLI, CLOCK
from bot.store.records.listed import Wanted

MOST = 10_000  # rows of an export
READ = 500  # rows of an export read at a time


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
    return " ".join(
        office.say(key) if word.replace("_", "").isalpha() and office.texts.has(key) else word for word, key in keys
    )


def all_lines(office: Office, tx: Tx, seat: Seat, wanted: Wanted) -> Iterator[Line]:
    """Up to MOST lines."""
    left = MOST
    while left > 0:
        rows = listed.page(tx, wanted, min(READ, left))
        yield from lines_of(office, tx, seat, rows)
        left -= len(rows)
        if len(rows) < READ:
            return
        wanted = replace(wanted, after=(rows[-1].at, rows[-1].id))


def lines_of(office: Office, tx: Tx, seat: Seat, rows: Sequence[Row[Any]]) -> list[Line]:
    """Those rows of which this person may know; what is kept from the person is not among the rows."""
    known: dict[int, bool] = {}
    for row in rows:
        if row.lane is not None and row.order_id not in known:
            order = orders.by_code(tx, row.order_code) if is_restricted(row) else None
            known[row.order_id] = order is None or may_know(tx, order, seat)
    return [_line(office, row) for row in rows if known.get(row.order_id, True)]


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
