"""Which broadcasts a person wishes to get; who has no row has changed nothing."""

from typing import Any

from sqlalchemy import Row, select, update

from bot.store.database import Tx
from bot.store.persons.people import insert_or_skip
from bot.store.tables import broadcast_preferences


def of(tx: Tx, person_id: int) -> Row[Any] | None:
    return tx.first(select(broadcast_preferences).where(broadcast_preferences.c.person_id == person_id))


def put(tx: Tx, person_id: int, **values: object) -> None:
    """Set these columns: `muted`, `digest`, `service`, `service_at`."""
    new = {"person_id": person_id, "muted": [], "digest": False, "service": False}
    tx.run(insert_or_skip(tx, broadcast_preferences, new, on=["person_id"]))
    tx.run(update(broadcast_preferences).where(broadcast_preferences.c.person_id == person_id).values(**values))
