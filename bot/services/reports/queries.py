"""What other systems read of orders, without contact data."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import NotFound
from bot.orders.visibility import Visibility
from bot.services.office import Office
from bot.services.orders import shown
from bot.services.reports.broadcast_queries import Json, at_text
from bot.services.tokens import Caller
from bot.store import exclusions
from bot.store.reads import api
from bot.store.reads.api import Position
from bot.store.rows import ShownLine, ShownOrder


def list_orders(
    office: Office, caller: Caller, state: str | None, community: str | None, since: datetime | None,
    after: Position | None, limit: int,
) -> tuple[list[Json], Position | None]:  # fmt: skip
    """Up to `limit` orders within the caller's reach, the newest first, and the position to go on from if there are
    more."""
    with office.db.reading() as tx:
        reader = exclusions.of_person(tx, caller.person_id)
        rows = api.page(tx, state, community, since, after, limit + 1, within=caller.communities, reader=reader)
    shown = rows[:limit]
    more = (shown[-1].created_at, shown[-1].id) if len(rows) > limit else None
    return [_order(office, row, []) for row in shown], more


def order(office: Office, caller: Caller, code: str) -> Json:
    """One order with its history. NotFound also for a restricted one, for one out of the caller's reach, and for one that is
    kept from its person."""
    found = _found(office, caller, code)
    if found is None:
        raise NotFound("refused.no_such_order", code=code)
    return found


def _found(office: Office, caller: Caller, code: str) -> Json | None:
    with office.db.reading() as tx:
        row = api.one(tx, code, exclusions.of_person(tx, caller.person_id))
        if row is None or not caller.reaches(row.community):
            return None
        return _order(office, row, api.history_of(tx, row.id))


def receipt(office: Office, caller: Caller, code: str) -> Json:
    """An order as whoever handed it in gets it back; of one that the caller may not read, its code alone."""
    return _found(office, caller, code) or {"code": code}


def _order(office: Office, row: ShownOrder, lines: Sequence[ShownLine]) -> Json:
    return {
        "code": row.code, "lane": row.lane,
        "category": {"code": row.category, "name": office.reader.category(row.category).name},
        "urgency": row.urgency, "state": row.state, "outcome": row.outcome, "text": shown.outside(shown.words(office, row, Visibility.STAFF)),
        "community": row.community, "grid": row.grid, "place": shown.house(office, row), "when": row.wanted_when,
        "created_at": at_text(office, row.created_at), "due_at": at_text(office, row.due_at),
        "handler": {"name": row.handler_name} if row.handler_id is not None else None,
        "rating": row.rating, "solved": row.solved,
        "history": [
            {"at": at_text(office, x.at), "action": x.action, "by": x.by, "state": x.state, "note": shown.outside(x.note)} for x in lines
        ],
    }  # fmt: skip
