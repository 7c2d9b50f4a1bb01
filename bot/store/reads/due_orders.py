"""Orders for which a time has come: the conditions, a page of the orders that meet one, and the check under lock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Float, and_, exists, func, literal_column, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from bot.orders.lifecycle import LIFE, State
from bot.orders.order import Order
from bot.store.database import Tx, for_change
from bot.store.rows import Numbered
from bot.store.tables import offers, orders

Due = ColumnElement[bool]
_WATCHED = tuple(state for state in State if (state, "warn") in LIFE)

_STATE = func.coalesce(orders.c.state, "")  # so SQLite goes by the index of limits: few have passed
_PETITIONS = and_(
    orders.c.petition_due_at.is_not(None), orders.c.petition_told_at.is_(None), _STATE != State.CLOSED
)  # fmt: skip


class seconds_between(GenericFunction[float]):
    """The seconds from one moment to another, in either database."""

    type = Float()
    inherit_cache = True


@compiles(seconds_between, "sqlite")
def _sqlite_seconds(element: Any, compiler: Any, **options: Any) -> str:
    start, end = (compiler.process(each, **options) for each in element.clauses)
    return f"((julianday({end}) - julianday({start})) * 86400.0)"


@compiles(seconds_between, "postgresql")
def _postgres_seconds(element: Any, compiler: Any, **options: Any) -> str:
    start, end = (compiler.process(each, **options) for each in element.clauses)
    return f"EXTRACT(EPOCH FROM {end} - {start})"


def unanswered_invitations(now: datetime) -> Due:
    """Invited, and the invitation has expired."""
    state: ColumnElement[str] = literal_column("'pending'")  # the index is of these alone, and SQLite must see that
    pending = select(offers.c.order_id).where(offers.c.state == state, offers.c.expires_at <= now)
    return and_(orders.c.state == State.OFFERED, orders.c.id.in_(pending))


def unclaimed(now: datetime) -> Due:
    """Open, and the time of the present ring is over."""
    return and_(orders.c.state == State.OPEN, orders.c.step_due_at <= now)


def unconfirmed(done_before: datetime) -> Due:
    """Reported done before this moment, and the resident has not answered."""
    return and_(orders.c.state == State.DONE, orders.c.done_at <= done_before)


def not_asked_again() -> Due:
    """The resident has not been asked a second time."""
    return orders.c.asked_again_at.is_(None)


def not_warned() -> Due:
    """Nobody has been warned in this step."""
    return orders.c.warned_at.is_(None)


def unanswered_questions(now: datetime) -> Due:
    """Staff asked the resident something, and the time for the answer is over."""
    return and_(orders.c.state == State.NEEDS_INFO, orders.c.step_due_at <= now)


def quiet_since(before: datetime, now: datetime) -> Due:
    """Staff asked the resident something, there is still time, and the resident was last asked before this moment."""
    asked = and_(orders.c.state == State.NEEDS_INFO, orders.c.step_due_at > now, orders.c.step_at <= before)
    return and_(asked, or_(orders.c.asked_again_at.is_(None), orders.c.asked_again_at <= before))


def limit_passed(now: datetime) -> Due:
    """The limit of the step has passed, and nobody above has been told."""
    return and_(_looked_at(now), orders.c.step_due_at <= now)


def limit_ahead(now: datetime) -> Due:
    """The limit of the step is ahead, most of its time is gone, and nobody has been warned."""
    return and_(_looked_at(now), orders.c.step_due_at > now, not_warned())


def _looked_at(now: datetime) -> Due:
    return and_(_STATE.in_(_WATCHED), orders.c.look_at <= now, orders.c.escalated_at.is_(None))


def petition_ahead(registered_before: datetime) -> Due:
    """A petition registered before this moment without its notice in writing, of which nobody has been warned."""
    waits = and_(orders.c.petition_at <= registered_before, orders.c.petition_warned_at.is_(None))
    return and_(_PETITIONS, waits)


def petition_late(now: datetime) -> Due:
    """A petition whose notice in writing is overdue, and nobody above has been told."""
    return and_(_PETITIONS, orders.c.petition_due_at <= now, orders.c.petition_escalated_at.is_(None))


def found(tx: Tx, due: Due) -> Sequence[Numbered]:
    """(id, code) of all of them, in turn. Sorted here: asked for in turn, SQLite would read the whole table in turn."""
    return sorted(tx.all(select(orders.c.id, orders.c.code).where(due)), key=lambda row: row.id)


def exist(tx: Tx, due: Due) -> bool:
    return bool(tx.value(select(exists().where(due))))


def locked(tx: Tx, order_id: int, due: Due) -> Order | None:
    """The order, locked, if it still meets the condition; None where another clock was faster."""
    tx.first(for_change(select(orders.c.id).where(orders.c.id == order_id)))
    return tx.first(select(orders).where(orders.c.id == order_id, due))
