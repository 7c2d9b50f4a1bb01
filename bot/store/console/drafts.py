"""What a form of the console holds between its preview and its confirmation: sealed, of one person, for a short time."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from bot.store.database import Tx
from bot.store.schema.accounts import console_drafts
from bot.store.sealed import columns, identity

LASTS = timedelta(minutes=20)
"""The clock deletes what is over at least every ten minutes, so that none is there after thirty."""
TABLE = "console_drafts"


@dataclass(frozen=True, slots=True)
class Draft:
    """`data`: as it was kept. `until`: when its time is over."""

    key: str
    data: Any
    until: datetime


def put(tx: Tx, key: str, person_id: int, kind: str, data: Any, now: datetime) -> None:
    """Keep data that JSON can hold under a random key, in place of any other of this person and kind."""
    drop_all(tx, person_id, kind)
    row = {"key": key, "person_id": person_id, "kind": kind, "data_sealed": _sealed(tx, key, data), "created_at": now}
    tx.run(insert(console_drafts).values(**row))


def find(tx: Tx, key: str, person_id: int, kind: str, now: datetime) -> Draft | None:
    """None where there is no such draft of this person, or its time is over."""
    mine = (console_drafts.c.key == key, console_drafts.c.person_id == person_id, console_drafts.c.kind == kind)
    row = tx.first(select(console_drafts).where(*mine, console_drafts.c.created_at > now - LASTS))
    if row is None:
        return None
    return Draft(key, json.loads(columns.text(tx, TABLE, "data_sealed", row) or "null"), row.created_at + LASTS)


def change(tx: Tx, key: str, data: Any) -> None:
    """From now on it holds this."""
    tx.run(update(console_drafts).where(console_drafts.c.key == key).values(data_sealed=_sealed(tx, key, data)))


def begin(tx: Tx, key: str, kind: str, into: str, data: Any, now: datetime) -> None:
    """A draft of this kind is one of another kind, or another state of it; its time begins again."""
    mine = (console_drafts.c.key == key, console_drafts.c.kind == kind)
    tx.run(update(console_drafts).where(*mine).values(kind=into, data_sealed=_sealed(tx, key, data), created_at=now))


def of_person(tx: Tx, person_id: int, kind: str, now: datetime) -> str | None:
    """The key of this person's draft of this kind."""
    mine = (console_drafts.c.person_id == person_id, console_drafts.c.kind == kind)
    row = tx.first(select(console_drafts.c.key).where(*mine, console_drafts.c.created_at > now - LASTS))
    return str(row.key) if row is not None else None


def left(tx: Tx, kind: str, before: datetime) -> list[tuple[str, int]]:
    """(key, person) of those of this kind that nobody has changed since."""
    old = (
        console_drafts.c.kind == kind,
        console_drafts.c.created_at <= before,
        console_drafts.c.created_at > before - LASTS,
    )
    query = select(console_drafts.c.key, console_drafts.c.person_id).where(*old)
    return [(row.key, row.person_id) for row in tx.all(query.order_by(console_drafts.c.created_at))]


def drop(tx: Tx, key: str, person_id: int, kind: str) -> bool:
    """Delete this person's draft of this kind; whether there was one."""
    mine = (console_drafts.c.key == key, console_drafts.c.person_id == person_id, console_drafts.c.kind == kind)
    return bool(tx.run(delete(console_drafts).where(*mine)).rowcount)


def drop_all(tx: Tx, person_id: int, kind: str) -> None:
    """Delete the person's drafts of this kind."""
    tx.run(delete(console_drafts).where(console_drafts.c.person_id == person_id, console_drafts.c.kind == kind))


def drop_old(tx: Tx, now: datetime) -> None:
    """Delete those whose time is over."""
    tx.run(delete(console_drafts).where(console_drafts.c.created_at <= now - LASTS))


def _sealed(tx: Tx, key: str, data: Any) -> bytes | None:
    return tx.vault.seal(json.dumps(data, ensure_ascii=False), identity.of(TABLE, "data_sealed", key))
