"""What a form of the console holds between its preview and its confirmation: sealed, of one person, for a short time."""

import json
from datetime import datetime, timedelta
from typing import Any, NewType

from sqlalchemy import delete, insert, select

from bot.store.database import Tx
from bot.store.schema.accounts import console_drafts
from bot.store.sealed import columns, identity

LASTS = timedelta(minutes=30)
TABLE = "console_drafts"

DraftId = NewType("DraftId", int)


def put(tx: Tx, person_id: int, kind: str, data: Any, now: datetime) -> DraftId:
    """Keep data that JSON can hold; the person's older drafts of this kind are deleted."""
    drop(tx, person_id, kind)
    key = identity.of(TABLE, "data_sealed", identity.draft(person_id, kind, now))
    sealed = tx.vault.seal(json.dumps(data, ensure_ascii=False), key)
    row = {"person_id": person_id, "kind": kind, "data_sealed": sealed, "created_at": now}
    made = tx.run(insert(console_drafts).values(**row)).inserted_primary_key
    assert made is not None
    return DraftId(made[0])


def find(tx: Tx, draft_id: int, person_id: int, kind: str, now: datetime) -> Any | None:
    """The data; None where there is no such draft of this person, or its time is over."""
    mine = (console_drafts.c.id == draft_id, console_drafts.c.person_id == person_id, console_drafts.c.kind == kind)
    row = tx.first(select(console_drafts).where(*mine, console_drafts.c.created_at > now - LASTS))
    return json.loads(columns.text(tx, TABLE, "data_sealed", row) or "null") if row is not None else None


def drop(tx: Tx, person_id: int, kind: str) -> None:
    """Delete the person's drafts of this kind."""
    tx.run(delete(console_drafts).where(console_drafts.c.person_id == person_id, console_drafts.c.kind == kind))


def drop_old(tx: Tx, now: datetime) -> None:
    """Delete those whose time is over."""
    tx.run(delete(console_drafts).where(console_drafts.c.created_at <= now - LASTS))
