"""Rows of what administrators changed at the console."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select

from bot.store.database import Tx
from bot.store.schema.settings import office_settings
from bot.store.tables import persons


def newest(tx: Tx) -> Sequence[Row[Any]]:
    """The newest row of each part, the oldest first."""
    rows = select(func.max(office_settings.c.id)).group_by(office_settings.c.part)
    return tx.all(select(office_settings).where(office_settings.c.id.in_(rows)).order_by(office_settings.c.id))


def by_id(tx: Tx, row_id: int) -> Row[Any] | None:
    """One row; None where there is none."""
    return tx.first(select(office_settings).where(office_settings.c.id == row_id))


def before(tx: Tx, part: str, row_id: int) -> Row[Any] | None:
    """The row of the part before this one; None where the files stood alone."""
    older = select(office_settings).where(office_settings.c.part == part, office_settings.c.id < row_id)
    return tx.first(older.order_by(office_settings.c.id.desc()).limit(1))


def history(tx: Tx, most: int) -> Sequence[Row[Any]]:
    """The newest rows of all parts, the newest first, each with the name of who wrote it."""
    joined = office_settings.join(persons, persons.c.id == office_settings.c.person_id)
    rows = select(office_settings, persons.c.name.label("by_name")).select_from(joined)
    return tx.all(rows.order_by(office_settings.c.id.desc()).limit(most))


def add(tx: Tx, part: str, value: str | None, changes: str, person_id: int, now: datetime) -> int:
    """One more change; the row's id."""
    values = {"part": part, "value": value, "changes": changes, "person_id": person_id, "created_at": now}
    key = tx.run(insert(office_settings).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])
