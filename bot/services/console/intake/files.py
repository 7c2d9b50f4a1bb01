"""Many orders from a file: it is uploaded, its columns are named, its rows looked through, and the good ones taken in (`taking`).

Between the steps the rows are kept sealed, for their person alone. A request looks at some of them: nobody else waits until
hundreds are read.
"""

import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.errors import NotFound, NotUnderstood
from bot.services.console.intake import results, rows, table
from bot.services.console.intake.results import Shown
from bot.services.console.intake.rows import Row
from bot.services.console.intake.table import FIELDS, Table
from bot.services.console.seat import Seat, reading
from bot.services.office import Office
from bot.store.console import drafts, mappings
from bot.store.console.drafts import Draft
from bot.store.console.mappings import Columns
from bot.store.database import Tx

KIND = "orders"  # of a draft: the rows as text, and by field the number of its column
SOME_SECONDS = 0.25  # that one request works on rows


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that waits. `columns`: by field, the number of the column. `stamp`: equal as long as the columns mean the same.
    `rows` are empty where nobody has said yet which column holds the words; `left`: how many have not been looked at yet."""

    key: str
    header: Sequence[str]
    columns: Columns
    stamp: str
    rows: Sequence[Shown]
    left: int
    numbers: Mapping[str, int]
    until: datetime


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
        waits = waiting(tx, seat, key, now)
        header = table.from_text(waits.data["rows"]).header
        chosen = {name: at for name in FIELDS if (at := columns.get(name)) is not None and 0 <= at < len(header)}
        if "text" not in chosen:
            raise NotUnderstood("console_intake.columns.no_text")
        if len(set(chosen.values())) < len(chosen):
            raise NotUnderstood("console_intake.columns.twice")
        drafts.change(tx, key, {"rows": waits.data["rows"], "columns": chosen})
        mappings.remember(tx, tx.vault.index(table.digest_of(header)), chosen, now)


def show(office: Office, seat: Seat, key: str, now: datetime) -> Preview:
    """The preview, after some more rows were looked at. NotFound where no such file of this person waits (any more)."""
    with reading(office, seat, now) as (tx, _):
        waits = waiting(tx, seat, key, now)
        found = table.from_text(waits.data["rows"])
        each = [results.shown_again(one) for one in waits.data.get("seen", ())]
        seen = len(each)
        each += some(
            lambda row: results.show(office, tx, seat, row, now), checked(office, seat, found, waits, now, seen)
        )
    wanted = len(found.rows) if "text" in waits.data["columns"] else 0
    if seen < len(each) and (
        seen or len(each) < wanted
    ):  # a file that one request looks through is looked at anew each time
        _keep(office, seat, waits, each, now)
    numbers = Counter(row.result for row in each)
    columns = waits.data["columns"]
    return Preview(key, found.header, columns, stamp(columns), each, wanted - len(each), numbers, waits.until)


def _keep(office: Office, seat: Seat, waits: Draft, each: Sequence[Shown], now: datetime) -> None:
    """What was seen so far, unless the columns mean something else by now."""
    with office.db.transaction() as tx:
        present = drafts.find(tx, waits.key, seat.person_id, KIND, now)
        if present is not None and present.data["columns"] == waits.data["columns"]:
            drafts.change(tx, waits.key, {**present.data, "seen": [results.kept(one) for one in each]})


def cancel(office: Office, seat: Seat, key: str) -> None:
    """The file is gone; nothing was taken in."""
    with office.db.transaction() as tx:
        drafts.drop(tx, key, seat.person_id, KIND)


def waiting(tx: Tx, seat: Seat, key: str, now: datetime) -> Draft:
    """The file, before anything of it is taken in. NotFound."""
    waits = drafts.find(tx, key, seat.person_id, KIND, now)
    if waits is None:
        raise NotFound("console_intake.file.gone")
    return waits


def some(do: Callable[[Row], Any], each: Iterator[Row]) -> list[Any]:
    """What `do` makes of the next rows, for SOME_SECONDS; at least of one."""
    until, found = time.monotonic() + SOME_SECONDS, []
    for row in each:
        found.append(do(row))
        if time.monotonic() > until:
            break
    return found


def checked(office: Office, seat: Seat, found: Table, waits: Draft, now: datetime, start: int) -> Iterator[Row]:
    """The file's rows from the `start`-th on."""
    if "text" not in waits.data["columns"]:
        return iter(())
    return rows.checked(office, seat, found, waits.data["columns"], waits.key, now, start)


def stamp(columns: Columns) -> str:
    """As of `Preview`."""
    return ".".join(f"{name}{columns[name]}" for name in FIELDS if name in columns)
