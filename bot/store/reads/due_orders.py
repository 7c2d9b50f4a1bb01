"""Orders that time has caught up with: each condition, a page of the orders that meet it, and the second look."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select

from bot.orders.lifecycle import LIFE, State
from bot.store.database import Tx, for_change
from bot.store.tables import offers, orders

Due = ColumnElement[bool]
_WATCHED = tuple(state for state in State if (state, "warn") in LIFE)

_PETITIONS = and_(
    orders.c.petition_at.is_not(None), orders.c.petition_told_at.is_(None), orders.c.state != State.CLOSED
)  # fmt: skip


def unanswered_invitations(now: datetime) -> Due:
    pending = select(offers.c.order_id).where(offers.c.state == "pending", offers.c.expires_at <= now)
    return and_(orders.c.state == State.OFFERED, orders.c.id.in_(pending))


def unclaimed(now: datetime) -> Due:
    return and_(orders.c.state == State.OPEN, orders.c.step_due_at <= now)


def unconfirmed(done_before: datetime) -> Due:
    """Reported done before that moment, and the resident has not said a word."""
    return and_(orders.c.state == State.DONE, orders.c.done_at <= done_before)


def not_asked_again() -> Due:
    return orders.c.asked_again_at.is_(None)


def not_warned() -> Due:
    return orders.c.warned_at.is_(None)


def unanswered_questions(now: datetime) -> Due:
    """Staff asked the resident something, and the time for an answer is over."""
    return and_(orders.c.state == State.NEEDS_INFO, orders.c.step_due_at <= now)


def quiet_since(before: datetime, now: datetime) -> Due:
    """Staff asked the resident something, who was last asked before that moment; there is still time."""
    asked = and_(orders.c.state == State.NEEDS_INFO, orders.c.step_due_at > now, orders.c.step_at <= before)
    return and_(asked, or_(orders.c.asked_again_at.is_(None), orders.c.asked_again_at <= before))


def limit_passed(now: datetime) -> Due:
    """Nobody above has been told yet."""
    return and_(orders.c.state.in_(_WATCHED), orders.c.step_due_at <= now, orders.c.escalated_at.is_(None))


def limit_ahead(now: datetime) -> Due:
    """Nobody has been reminded yet."""
    return and_(orders.c.state.in_(_WATCHED), orders.c.step_due_at > now, orders.c.step_at.is_not(None), not_warned())


def petition_ahead(registered_before: datetime) -> Due:
    """Registered before that moment, no notice in writing given, and nobody has been reminded of it."""
    waits = and_(orders.c.petition_at <= registered_before, orders.c.petition_warned_at.is_(None))
    return and_(_PETITIONS, waits)


def petition_late(now: datetime) -> Due:
    """The statutory notice is overdue, and nobody above has been told."""
    return and_(_PETITIONS, orders.c.petition_due_at <= now, orders.c.petition_escalated_at.is_(None))


def page(tx: Tx, due: Due, after: int, limit: int) -> Sequence[Row[Any]]:
    """Up to `limit` of them, by id, from behind id `after`."""
    return tx.all(select(orders).where(due, orders.c.id > after).order_by(orders.c.id).limit(limit))


def locked(tx: Tx, order_id: int, due: Due) -> Row[Any] | None:
    """The order, locked, if it is still due: another clock may have been here."""
    tx.first(for_change(select(orders.c.id).where(orders.c.id == order_id)))
    return tx.first(select(orders).where(orders.c.id == order_id, due))
