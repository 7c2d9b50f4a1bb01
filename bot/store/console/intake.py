"""Files of orders that somebody looks through, and which column of a header means what."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from sqlalchemy import delete, insert, select, update

from bot.store.database import Tx
from bot.store.schema.intake import console_imports, console_mappings
from bot.store.sealed import columns, identity

TABLE = "console_imports"
Columns = Mapping[str, int]  # by field, the number of its column, from 0


class Import(Protocol):
    """One file. `columns`: what its columns mean."""

    key: str
    person_id: int
    rows_sealed: bytes
    columns: Columns
    created_at: datetime
    expires_at: datetime


def put(tx: Tx, key: str, person_id: int, rows: str, found: Columns, now: datetime, expires_at: datetime) -> None:
    """Store the file in place of any other of this person."""
    tx.run(delete(console_imports).where(console_imports.c.person_id == person_id))
    values = {
        "key": key, "person_id": person_id, "rows_sealed": tx.vault.seal(rows, identity.of(TABLE, "rows_sealed", key)),
        "columns": dict(found), "created_at": now, "expires_at": expires_at,
    }  # fmt: skip
    tx.run(insert(console_imports).values(**values))


def of_person(tx: Tx, key: str, person_id: int, now: datetime) -> Import | None:
    """The file of this key where it is this person's and its time is not over."""
    mine = (console_imports.c.key == key, console_imports.c.person_id == person_id, console_imports.c.expires_at > now)
    return tx.first(select(console_imports).where(*mine))


def rows_of(tx: Tx, found: Import) -> str:
    """The rows as they were stored."""
    return columns.text(tx.vault, TABLE, "rows_sealed", found) or ""


def change_columns(tx: Tx, key: str, found: Columns) -> None:
    tx.run(update(console_imports).where(console_imports.c.key == key).values(columns=dict(found)))


def drop(tx: Tx, key: str, person_id: int) -> bool:
    """Delete this person's file; whether there was one."""
    mine = (console_imports.c.key == key, console_imports.c.person_id == person_id)
    return bool(tx.run(delete(console_imports).where(*mine)).rowcount)


def drop_old(tx: Tx, now: datetime, limit: int) -> int:
    """Delete files whose time is over; how many."""
    old = select(console_imports.c.key).where(console_imports.c.expires_at <= now).limit(limit)
    return tx.run(delete(console_imports).where(console_imports.c.key.in_(old.scalar_subquery()))).rowcount


def mapping(tx: Tx, header_index: str) -> Columns | None:
    """What the columns of this header mean, as somebody said last; None where nobody did."""
    found: Columns | None = tx.value(
        select(console_mappings.c.columns).where(console_mappings.c.header_index == header_index)
    )
    return found


def remember(tx: Tx, header_index: str, found: Columns, now: datetime) -> None:
    """From now on the columns of this header mean this."""
    mine = console_mappings.c.header_index == header_index
    values = {"columns": dict(found), "changed_at": now}
    if not tx.run(update(console_mappings).where(mine).values(**values)).rowcount:
        tx.run(insert(console_mappings).values(header_index=header_index, **values))
