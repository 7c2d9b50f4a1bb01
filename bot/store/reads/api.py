"""Reads for the API, the probes and the metrics."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from bot.orders.restricted import RESTRICTED
from bot.store.attempts import TOOK
from bot.store.database import Tx
from bot.store.rows import ShownLine, ShownOrder
from bot.store.tables import attempts, history, inbound, notices, orders, persons, roles, tokens

Position = tuple[datetime, int]

_SEEN = select(orders, persons.c.name.label("handler_name")).outerjoin(persons, persons.c.id == orders.c.handler_id)
_SHOWN = orders.c.lane != RESTRICTED


def page(
    tx: Tx, state: str | None, community: str | None, since: datetime | None, after: Position | None, limit: int
) -> Sequence[ShownOrder]:
    """Up to `limit` orders, newest first, that come after the position; never restricted ones."""
    conditions: list[ColumnElement[bool]] = [_SHOWN]
    if state is not None:
        conditions.append(orders.c.state == state)
    if community is not None:
        conditions.append(orders.c.community == community)
    if since is not None:
        conditions.append(orders.c.created_at >= since)
    if after is not None:
        at, order_id = after
        same_moment = and_(orders.c.created_at == at, orders.c.id < order_id)
        conditions.append(or_(orders.c.created_at < at, same_moment))
    return tx.all(_SEEN.where(*conditions).order_by(orders.c.created_at.desc(), orders.c.id.desc()).limit(limit))


def one(tx: Tx, code: str, *, restricted: bool = False) -> ShownOrder | None:
    """The order with its handler's name; None where there is none, or it is restricted and these are not asked for."""
    query = _SEEN.where(orders.c.code == code)
    return tx.first(query if restricted else query.where(_SHOWN))


def history_of(tx: Tx, order_id: int) -> Sequence[ShownLine]:
    """The order's history, oldest first, with masked notes."""
    query = select(history.c.at, history.c.action, history.c.by, history.c.state, history.c.note)
    return tx.all(query.where(history.c.order_id == order_id).order_by(history.c.id))


def token(tx: Tx, index: str) -> Row[Any] | None:
    """The token with this digest; None where there is none."""
    return tx.first(select(tokens).where(tokens.c.token_index == index))


def roles_of(tx: Tx, person_id: int) -> set[str]:
    """The roles of a person."""
    return {row.role for row in tx.all(select(roles.c.role).where(roles.c.person_id == person_id))}


def orders_by_kind(tx: Tx) -> Sequence[Row[Any]]:
    """(state, lane, urgency, number) of all orders but restricted ones."""
    kind = (orders.c.state, orders.c.lane, orders.c.urgency)
    return tx.all(select(*kind, func.count().label("number")).where(_SHOWN).group_by(*kind))


def notices_by_kind(tx: Tx) -> Sequence[Row[Any]]:
    """(state, channels that took it, number) of all notices."""
    took = select(attempts.c.notice_id, attempts.c.channel).where(attempts.c.outcome.in_(TOOK))
    each = took.order_by(attempts.c.notice_id, attempts.c.id).subquery()
    joined = select(each.c.notice_id, func.aggregate_strings(each.c.channel, ",").label("taken_by"))
    by = joined.group_by(each.c.notice_id).subquery()
    kind = (notices.c.state, by.c.taken_by)
    query = select(*kind, func.count().label("number")).select_from(
        notices.outerjoin(by, by.c.notice_id == notices.c.id)
    )
    return tx.all(query.group_by(*kind))


def oldest_due(tx: Tx, now: datetime) -> datetime | None:
    """Since when the oldest due notice has waited for a worker; None where none waits."""
    found: datetime | None = tx.value(
        select(notices.c.due_at)
        .where(notices.c.state == "pending", notices.c.due_at <= now)
        .order_by(notices.c.due_at)
        .limit(1)
    )
    return found


def kept_messages(tx: Tx) -> int:
    """How many messages failed and wait for staff."""
    return int(tx.value(select(func.count()).select_from(inbound).where(inbound.c.failure.is_not(None))) or 0)
