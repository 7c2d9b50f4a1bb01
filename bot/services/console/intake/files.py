"""Many orders from a file: it is uploaded, its columns are named, its rows looked through, and the good ones taken in.

Between the steps the rows are kept sealed, for their person alone.
"""

import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotFound, NotUnderstood
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services import intake
from bot.services.console.intake import entered, receipts, rows, table
from bot.services.console.intake.receipts import Receipt
from bot.services.console.intake.rows import Row
from bot.services.console.intake.table import FIELDS, Table
from bot.services.console.seat import Seat, reading
from bot.services.intake import Matter
from bot.services.office import Office
from bot.services.orders import duplicates, placement
from bot.services.orders.recipients import ALARMING
from bot.store import orders
from bot.store.console import drafts, mappings
from bot.store.console.drafts import Draft
from bot.store.console.mappings import Columns
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.understanding import Place

KIND = "orders"  # of a draft: the rows as text, and by field the number of its column
NEW, KNOWN, ALIKE, BAD = "new", "known", "alike", "bad"
WORDS, NUMBER = 24, 24  # characters that the preview shows; a page of 500 rows stays under 200 KB


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as the preview shows it. `result`: what will become of it. `code`: of the order that it is, or looks like, where
    that is before this person. `words` are None where the matter is a restricted one. `doubts`: what looks wrong and is taken in all the same."""

    number: int
    external: str
    result: str
    words: str | None = ""
    place: str = ""
    due_at: datetime | None = None
    code: str = ""
    reason: str = ""
    urgency: str = ""
    doubts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that waits. `columns`: by field, the number of the column. `stamp`: equal as long as the columns mean the same.
    `rows` are empty where nobody has said yet which column holds the words."""

    key: str
    header: Sequence[str]
    columns: Columns
    stamp: str
    rows: Sequence[Shown]
    numbers: Mapping[str, int]
    until: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row: NEW with its receipt, KNOWN (`code` as of `Shown`, `own`: its number for us), or BAD."""

    number: int
    external: str
    result: str
    receipt: Receipt | None = None
    code: str = ""
    reason: str = ""
    own: str = ""


class Changed(NotUnderstood):
    """The columns mean something else by now than the person saw."""


def upload(office: Office, seat: Seat, content: bytes, now: datetime) -> str:
    """Keep the file's rows in place of any other of this person; its key. NotUnderstood where it is no table."""
    found, key = table.read(office, content), secrets.token_hex(16)
    with office.db.transaction() as tx:
        known = mappings.mapping(tx, tx.vault.index(table.digest_of(found.header)))
        columns = known or table.guess(office, found.header)
        drafts.put(tx, key, seat.person_id, KIND, {"rows": found.as_text(), "columns": dict(columns)}, now)
    return key


def name_columns(office: Office, seat: Seat, key: str, columns: Mapping[str, int | None], now: datetime) -> None:
    """From now on the columns mean this, also in the next file with the same header. NotUnderstood where one column means two
    things, or none holds the words."""
    with office.db.transaction() as tx:
        waiting = _waiting(tx, seat, key, now)
        header = table.from_text(waiting.data["rows"]).header
        chosen = {name: at for name in FIELDS if (at := columns.get(name)) is not None and 0 <= at < len(header)}
        if "text" not in chosen:
            raise NotUnderstood("console_intake.columns.no_text")
        if len(set(chosen.values())) < len(chosen):
            raise NotUnderstood("console_intake.columns.twice")
        drafts.change(tx, key, {**waiting.data, "columns": chosen})
        mappings.remember(tx, tx.vault.index(table.digest_of(header)), chosen, now)


def show(office: Office, seat: Seat, key: str, now: datetime) -> Preview:
    """The preview. NotFound where no such file of this person waits (any more)."""
    with reading(office, seat, now) as (tx, _):
        waiting = _waiting(tx, seat, key, now)
        found = table.from_text(waiting.data["rows"])
        each = [_shown(office, tx, seat, row, now) for row in _checked(office, seat, found, waiting, now)]
    numbers = Counter(row.result for row in each)
    return Preview(
        key, found.header, waiting.data["columns"], _stamp(waiting.data["columns"]), each, numbers, waiting.until
    )


def confirm(
    office: Office, seat: Seat, key: str, stamp: str, now: datetime, left_out: Collection[int] = ()
) -> Sequence[Taken]:  # fmt: skip
    """Take in the good rows, each in a transaction of its own; then the file is gone. Broken off and asked again it goes on.
    `left_out`: the numbers of rows that the person does not want. NotFound as of `show`; Changed."""
    with office.db.reading() as tx:
        waiting = _waiting(tx, seat, key, now)
        found = table.from_text(waiting.data["rows"])
    if stamp != _stamp(waiting.data["columns"]):
        raise Changed("console_intake.columns.changed")
    each = [
        _take(office, seat, row, now)
        for row in _checked(office, seat, found, waiting, now)
        if row.number not in left_out
    ]
    numbers = Counter(taken.result for taken in each)
    said = " ".join(f"{result} {numbers[result]}" for result in (NEW, KNOWN, BAD))
    with office.db.transaction() as tx:
        if drafts.drop(tx, key, seat.person_id):
            placement.announce_together(office, tx, _quiet(tx, each, waiting), seat.doer, now, f"import:{key}")
            audit.write(tx, now, audit.Entry(Act.INTAKE, audit.CONSOLE, seat.person_id, detail=said))
        told = tx.summary.priority is not None
    if told:
        office.nudge()
    return each


def _quiet(tx: Tx, each: Sequence[Taken], waiting: Draft) -> list[Order]:
    """The orders of this file of which nobody has been told yet, also those of a run that broke off."""
    codes = [taken.receipt.code if taken.receipt is not None else taken.own for taken in each]
    found = [orders.by_code(tx, code) for code in codes if code]
    since = waiting.until - drafts.LASTS
    return [
        order
        for order in found
        if order is not None
        and order.created_at >= since
        and order.urgency not in ALARMING
        and not is_restricted(order)
    ]


def cancel(office: Office, seat: Seat, key: str) -> None:
    """The file is gone; nothing was taken in."""
    with office.db.transaction() as tx:
        drafts.drop(tx, key, seat.person_id)


def _waiting(tx: Tx, seat: Seat, key: str, now: datetime) -> Draft:
    waiting = drafts.find(tx, key, seat.person_id, KIND, now)
    if waiting is None:
        raise NotFound("console_intake.file.gone")
    return waiting


def _checked(office: Office, seat: Seat, found: Table, waiting: Draft, now: datetime) -> Sequence[Row]:
    if "text" not in waiting.data["columns"]:
        return []
    return list(rows.checked(office, seat, found, waiting.data["columns"], waiting.key, now))


def _stamp(columns: Columns) -> str:
    return ".".join(f"{name}{columns[name]}" for name in FIELDS if name in columns)


def _shown(office: Office, tx: Tx, seat: Seat, row: Row, now: datetime) -> Shown:
    external = _cut(row.entered.number, NUMBER)
    if row.matter is None:
        return Shown(row.number, external, BAD, reason="".join(row.reasons[:2]))
    meant = intake.read(office, row.matter)
    sealed = is_restricted(meant)
    names = frozenset({row.entered.name} - {""})
    words = None if sealed else _cut(" ".join(office.readings.mask(row.entered.text, names).split()), WORDS)
    road = meant.place.road if not meant.place.estate else None
    spot = Place(estate=meant.place.estate, road=road, building=meant.place.building).describe()
    community = row.matter.community or meant.place.community or ""
    result, code = _result_of(office, tx, seat, row.matter, now)
    return Shown(
        row.number, external, result, words, "" if sealed else f"{community}{spot}", row.matter.due_at, code,
        urgency="" if sealed else meant.urgency, doubts=() if sealed else entered.doubts(office, row.entered),
    )  # fmt: skip


def _result_of(office: Office, tx: Tx, seat: Seat, matter: Matter, now: datetime) -> tuple[str, str]:
    """NEW, KNOWN or ALIKE, and the code of the other order where it is before this person."""
    known = intake.known_code(tx, matter)
    if known is not None:
        return KNOWN, _open_code(tx, seat, known)
    meant = intake.read(office, matter)
    found = duplicates.of_others(office, tx, 0, meant, matter.community or meant.place.community, now)
    other = orders.by_id(tx, found) if found is not None else None
    if other is None or not receipts.is_before(tx, seat, other):
        return NEW, ""
    return ALIKE, other.code


def _open_code(tx: Tx, seat: Seat, code: str) -> str:
    """The code where the order is before this person, else empty."""
    order = orders.by_code(tx, code)
    return code if order is not None and receipts.is_before(tx, seat, order) else ""


def _take(office: Office, seat: Seat, row: Row, now: datetime) -> Taken:
    external = _cut(row.entered.number, NUMBER)
    if row.matter is None:
        return Taken(row.number, external, BAD, reason="".join(row.reasons[:2]))
    code, is_new = intake.take(office, row.matter, now, told_by=seat.doer, quiet=True)
    if is_new:
        return Taken(row.number, external, NEW, receipts.receipt(office, seat, code, row.matter, now))
    with office.db.reading() as tx:
        return Taken(row.number, external, KNOWN, code=_open_code(tx, seat, code), own=code)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"
