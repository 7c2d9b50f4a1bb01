"""Requests of other systems are on record: by which token, for which route, and how many items were read or why not."""

from datetime import datetime

from bot.services.office import Office
from bot.store import orders
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import API, Entry


def record(
    office: Office, token: str, person_id: int | None, route: str, code: str | None, outcome: str | None, now: datetime
) -> None:  # fmt: skip
    """One row for one request. `code`: of the order it is about, where there is one; `outcome`: how many items, or
    that it was refused."""
    with office.db.transaction() as tx:
        order = orders.by_code(tx, code) if code else None
        detail = route if outcome is None else f"{route} {outcome}"
        order_id, whose_id = (order.id, order.person_id) if order is not None else (None, None)
        audit.write(tx, now, Entry(Act.API, f"{API}{token}", person_id, whose_id, order_id, detail))
