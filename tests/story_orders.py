"""What a story may ask about orders: one order's facts by its code, and how many there are."""

from sqlalchemy import select

from bot.store.database import Tx
from bot.store.tables import orders, persons


def held(tx: Tx, code: str) -> list[str]:
    """State, lane, category, urgency, outcome and by:NAME of the order; empty where there is none."""
    query = select(orders, persons.c.name.label("handler")).outerjoin(persons, persons.c.id == orders.c.handler_id)
    row = tx.first(query.where(orders.c.code == code))
    if row is None:
        return []
    words = (row.state, row.lane, row.category, row.urgency, row.outcome, row.handler and f"by:{row.handler}")
    return [word for word in words if word]


def count(tx: Tx) -> int:
    """How many orders there are."""
    return len(tx.all(select(orders.c.id)))
