"""Reads for the API, the probes and the metrics."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from bot.orders.lifecycle import INTERNAL, State
from bot.store import exclusions
from bot.store.broadcasts import going_out
from bot.store.database import Tx
from bot.store.exclusions import Reader
from bot.store.rows import ShownLine, ShownOrder
from bot.store.schema.sending import attempts
from bot.store.sending.notices import AT_ONCE, BROADCAST, DIGEST
from bot.store.tables import history, inbound, notices, orders, persons

OPEN_STATES = tuple(state for state in State if state != State.CLOSED)
UNSENT = ("pending", "sending", "waiting")

Position = tuple[datetime, int]

_SEEN = select(orders, persons.c.name.label("handler_name")).outerjoin(persons, persons.c.id == orders.c.handler_id)
_COUNTED = exclusions.readable(None)


def page(
    tx: Tx, state: str | None, community: str | None, since: datetime | None, after: Position | None, limit: int,
    *, within: Collection[str] | None = None, reader: Reader | None = None,
) -> Sequence[ShownOrder]:  # fmt: skip
    """Up to `limit` orders, newest first, that come after the position; `within`: of these communities alone. Never
    restricted ones, nor those kept from the reader (None: whoever it is)."""
    conditions: list[ColumnElement[bool]] = [exclusions.readable(reader)]
    if state is not None:
        conditions.append(orders.c.state == state)
    if community is not None:
        conditions.append(orders.c.community == community)
    if within is not None:
        conditions.append(orders.c.community.in_(sorted(within)))
    if since is not None:
        conditions.append(orders.c.created_at >= since)
    if after is not None:
        at, order_id = after
        same_moment = and_(orders.c.created_at == at, orders.c.id < order_id)
        conditions.append(or_(orders.c.created_at < at, same_moment))
    return tx.all(_SEEN.where(*conditions).order_by(orders.c.created_at.desc(), orders.c.id.desc()).limit(limit))


def one(tx: Tx, code: str, reader: Reader | None) -> ShownOrder | None:
    """The order with its handler's name; None where there is none, it is restricted, or kept from the reader (None: whoever
    it is)."""
    return tx.first(_SEEN.where(orders.c.code == code, exclusions.readable(reader)))


def history_of(tx: Tx, order_id: int) -> Sequence[ShownLine]:
    """The order's history, oldest first, with masked notes; what colleagues write each other is no part of it."""
    query = select(history.c.at, history.c.action, history.c.by, history.c.state, history.c.note)
    mine = (history.c.order_id == order_id, history.c.action.not_in(sorted(INTERNAL)))
    return tx.all(query.where(*mine).order_by(history.c.id))


def is_much(tx: Tx, since: datetime, most: int) -> Row[Any]:
    """(orders, closed, attempts): whether there are more than so many open orders; orders closed since; attempts since."""
    which = {
        "orders": select(orders.c.id).where(orders.c.state.in_(OPEN_STATES)),
        "closed": select(orders.c.id).where(orders.c.closed_at >= since),
        "attempts": select(attempts.c.id).where(attempts.c.at >= since),
    }
    counts = {name: select(func.count()).select_from(query.limit(most + 1).subquery()) for name, query in which.items()}
    return tx.run(select(*((count.scalar_subquery() > most).label(name) for name, count in counts.items()))).one()


def open_orders_by_kind(tx: Tx, *, danger: bool) -> Sequence[Row[Any]]:
    """(state, lane, urgency, number) of the orders that are not closed, without restricted ones: those of a danger to life,
    or all others."""
    kind = (orders.c.state, orders.c.lane, orders.c.urgency)
    alarming = orders.c.urgency == "U0" if danger else orders.c.urgency != "U0"
    query = select(*kind, func.count().label("number")).where(orders.c.state.in_(OPEN_STATES), alarming, _COUNTED)
    return tx.all(query.group_by(*kind))


def closed_by_outcome(tx: Tx, since: datetime) -> Sequence[Row[Any]]:
    """(outcome, number) of the orders closed since, without restricted ones."""
    query = select(orders.c.outcome, func.count().label("number")).where(orders.c.closed_at >= since, _COUNTED)
    return tx.all(query.group_by(orders.c.outcome))


def unsent_by_state(tx: Tx) -> Sequence[Row[Any]]:
    """(state, number) of the notices that no channel took so far and that are not given up."""
    query = select(notices.c.state, func.count().label("number")).where(notices.c.state.in_(UNSENT))
    return tx.all(query.group_by(notices.c.state))


def attempts_by_outcome(tx: Tx, since: datetime) -> Sequence[Row[Any]]:
    """(channel, outcome, number) of the attempts to send a notice since."""
    kind = (attempts.c.channel, attempts.c.outcome)
    query = select(*kind, func.count().label("number")).where(attempts.c.at >= since)
    return tx.all(query.group_by(*kind))


def oldest_due(tx: Tx, now: datetime, opened_at: datetime | None) -> datetime | None:
    """Since when the oldest due notice has waited for a worker; None where none waits. `opened_at`: when the hours of
    broadcasts began; None: they are over."""
    is_due = (notices.c.state == "pending", notices.c.due_at <= now)
    oldest = select(notices.c.due_at).order_by(notices.c.due_at).limit(1)
    found = [tx.value(oldest.where(*is_due, notices.c.priority.in_(AT_ONCE)))]
    if opened_at is not None:
        found.append(tx.value(oldest.where(*is_due, notices.c.priority == DIGEST)))
        of_broadcasts = [
            tx.value(oldest.where(*is_due, notices.c.broadcast_id == one.id, notices.c.priority == BROADCAST))
            for one in going_out.going(tx, now)
        ]
        found += [max(at, opened_at) for at in of_broadcasts if at is not None]
    return min((at for at in found if at is not None), default=None)


def kept_messages(tx: Tx) -> int:
    """How many messages failed and wait for staff."""
    return int(tx.value(select(func.count()).select_from(inbound).where(inbound.c.failure.is_not(None))) or 0)
