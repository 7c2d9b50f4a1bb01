"""Which column of a header means what, as somebody said last."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select, update

from bot.store.database import Tx
from bot.store.schema.intake import console_mappings

Columns = Mapping[str, int]  # by field, the number of its column, from 0


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
