"""Rows of the audit table. Each is written in the transaction of the act itself, so that there is no act without its row.

The rows are chained later (`bot.store.records.chain`): a message that writes one waits for no other.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select

from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.persons.people import inserting
from bot.store.records.acts import VIEWS, Act
from bot.store.rows import View
from bot.store.schema.records import audit
from bot.store.tables import persons

CHAT, CONSOLE, H5, CLI, CLOCK, API = (
    "chat",
    "console",
    "h5",
    "cli",
    "clock",
    "api:",
)  # sources; the last one is followed by the token's name
LONGEST = 80  # characters of a source and of a detail

_COLUMNS = ("at", "act", "source", "who_id", "whose_id", "order_id", "detail")
_WRITE = Prepared(lambda dialect: inserting(dialect, audit, _COLUMNS))


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what to whose data, from where. `who_id` None: the clock, an operator, or a token of nobody's.

    `detail` holds ids and counts alone, never words, names or numbers of people.
    """

    act: Act
    source: str
    who_id: int | None = None
    whose_id: int | None = None
    order_id: int | None = None
    detail: str | None = None


def write(tx: Tx, now: datetime, *entries: Entry) -> None:
    """Add these rows; nothing where there are none."""
    if entries:
        tx.write(_WRITE, [_values(entry, now) for entry in entries])


def _values(entry: Entry, now: datetime) -> dict[str, object]:
    detail = entry.detail[:LONGEST] if entry.detail is not None else None
    return {**asdict(entry), "at": now, "source": entry.source[:LONGEST], "detail": detail}


def views_of(tx: Tx, order_id: int) -> Sequence[View]:
    """Who saw what of this order, when: at, name, what; the oldest first."""
    query = select(audit.c.at, audit.c.act, persons.c.name).outerjoin(persons, persons.c.id == audit.c.who_id)
    seen = query.where(audit.c.order_id == order_id, audit.c.act.startswith(VIEWS)).order_by(audit.c.id)
    return [_Seen(row.at, row.name, row.act.removeprefix(VIEWS)) for row in tx.all(seen)]


@dataclass(slots=True)
class _Seen:
    at: datetime
    name: str | None
    what: str
