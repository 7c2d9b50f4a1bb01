"""What other systems and the operator read: orders without contact data, health and figures."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import Row
from sqlalchemy.exc import SQLAlchemyError

from bot.broadcasts.life import State
from bot.broadcasts.written import as_written
from bot.errors import NotFound
from bot.orders.visibility import Visibility
from bot.services.broadcasts.drafts import preview
from bot.services.broadcasts.found import found as found_broadcast
from bot.services.broadcasts.report import report as broadcast_report
from bot.services.broadcasts.times import hours
from bot.services.messages import spool
from bot.services.office import Office
from bot.services.orders import shown
from bot.services.tokens import APPROVE, Caller
from bot.store import exclusions, migrate, receipts
from bot.store.broadcasts.rows import Broadcast
from bot.store.copies import unfinished
from bot.store.database import Tx
from bot.store.reads import api
from bot.store.reads.api import Position
from bot.store.rows import ShownLine, ShownOrder

DAY = timedelta(days=1)
PROBE_SECONDS = 2.0
PROBE_KEY = "wutong:probe"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Census:
    """The figures of the service at one moment."""

    orders: Sequence[Row[Any]]  # state, lane, urgency, number: those that are not closed
    closed: Sequence[Row[Any]]  # outcome, number: within the last day
    unsent: Sequence[Row[Any]]  # state, number
    attempts: Sequence[Row[Any]]  # channel, outcome, number: within the last day
    oldest_due_seconds: float
    kept: int


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
        "urgency": row.urgency, "state": row.state, "outcome": row.outcome, "text": shown.outside(office, shown.words(office, row, Visibility.STAFF)),
        "community": row.community, "grid": row.grid, "place": shown.house(office, row), "when": row.wanted_when,
        "created_at": _at(office, row.created_at), "due_at": _at(office, row.due_at),
        "handler": {"name": row.handler_name} if row.handler_id is not None else None,
        "rating": row.rating, "solved": row.solved,
        "history": [
            {"at": _at(office, x.at), "action": x.action, "by": x.by, "state": x.state, "note": shown.outside(office, x.note)} for x in lines
        ],
    }  # fmt: skip


def _at(office: Office, moment: datetime | None) -> str | None:
    return moment.astimezone(office.calendar.zone).isoformat(timespec="seconds") if moment is not None else None


def broadcast(office: Office, caller: Caller, broadcast_id: int, now: datetime) -> Json:
    """A broadcast with its counts. NotFound where there is none within the caller's reach."""
    with office.db.reading() as tx:
        row = within_reach(tx, caller, broadcast_id)
        told = broadcast_report(tx, broadcast_id, now).as_json()
        mass = preview.mass(office, tx, as_written(row), now) if row.state == State.REVIEW else None
    return {**told, "mass": asdict(mass)} if mass is not None else told


def broadcast_text(office: Office, caller: Caller, broadcast_id: int) -> Json:
    """What whoever approves it must read. NotFound as of `broadcast`."""
    with office.db.reading() as tx:
        row = within_reach(tx, caller, broadcast_id)
        details = row.details or {}
        return {
            "id": row.id, "version": row.version, "digest": row.digest, "kind": row.kind, "title": row.title, "body": row.body,
            "at": details.get("at"), "until": details.get("until"), "place": details.get("place"),
            "audience": {name: list(values) for name, values in row.audience.items() if values},
            "send_at": _at(office, row.send_at),
        }  # fmt: skip


def within_reach(tx: Tx, caller: Caller, broadcast_id: int) -> Broadcast:
    """The broadcast. NotFound for a draft, for one that does not stay within the communities that the caller reaches, and for one
    that the token's person neither wrote nor may approve. What that person wrote is within reach, unless the token was made for
    one community."""
    row = found_broadcast(tx, broadcast_id)
    if row.state == State.DRAFT or not _is_reached(caller, row):
        raise NotFound("broadcast.no_such", number=broadcast_id)
    return row


def _is_reached(caller: Caller, row: Broadcast) -> bool:
    is_own = caller.person_id is not None and caller.person_id == row.author_id
    if is_own and caller.community is None:
        return True
    if caller.person_id is not None and not (is_own or caller.approves or APPROVE in caller.scopes):
        return False
    named = set(row.audience.get("community") or ())
    return caller.addressed is None or bool(named and named <= caller.addressed)


def failing(office: Office, now: datetime) -> dict[str, str]:
    """What the service needs and does not get: name and reason; empty when it is ready. Both must accept writes.

    The probe also loads a new model where there is one, so that even the first message of the morning is read with it.
    """
    found: dict[str, str] = {}
    try:
        if unfinished.is_marked(office.db.engine):
            found["database"] = "half restored"
        elif migrate.is_current(office.db.engine):
            with office.db.reading() as tx:
                office.learned.look(tx, now)
            _try_to_write(office, now)
        else:
            found["database"] = "not migrated"
    except (SQLAlchemyError, OSError) as error:  # OSError: the lock beside the SQLite file is busy or cannot be written
        found["database"] = type(error).__name__
    try:
        url, seconds = office.settings.redis, PROBE_SECONDS
        with Redis.from_url(url, socket_timeout=seconds, socket_connect_timeout=seconds) as redis:
            redis.set(PROBE_KEY, "1", ex=10)  # a replica or a full server answers a ping all the same
    except (RedisError, OSError) as error:
        found["redis"] = type(error).__name__
    return found


class _Undo(Exception):
    """Rolls the probe back."""


def _try_to_write(office: Office, now: datetime) -> None:
    """A row that is rolled back. SQLAlchemyError or OSError where the database accepts no writes."""
    try:
        with office.db.transaction(within=PROBE_SECONDS) as tx:
            receipts.keep(tx, PROBE_KEY, "probe", now)
            raise _Undo
    except _Undo:
        return


def census(office: Office, now: datetime) -> Census:
    """Count everything that is shown to the operator: what is open, and the last day. Nothing here grows with the years."""
    with office.db.reading() as tx:
        oldest = api.oldest_due(tx, now, hours(office.settings).opened_at(now))
        return Census(
            orders=api.open_orders_by_kind(tx), closed=api.closed_by_outcome(tx, now - DAY),
            unsent=api.unsent_by_state(tx), attempts=api.attempts_by_outcome(tx, now - DAY),
            oldest_due_seconds=(now - oldest).total_seconds() if oldest is not None else 0.0,
            kept=api.kept_messages(tx) + len(spool.waiting(office)),
        )  # fmt: skip
