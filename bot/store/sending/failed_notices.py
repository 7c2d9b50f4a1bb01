"""Notices that failed: how many by reason, which, and those that may be tried once more."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, func, or_, select, update

from bot.broadcasts.life import FIRST
from bot.store import exclusions
from bot.store.broadcasts import written
from bot.store.database import Tx
from bot.store.exclusions import Reader
from bot.store.sending import attempts
from bot.store.sending.attempts import Attempt, Outcome
from bot.store.sending.notices import JOINED, PRIORITIES, SEEN
from bot.store.tables import notices, orders, persons, roles

TAKEN_BACK = ("withdrawn", "withheld", "recalled", "acknowledged", "closed", "separated")
"""Reasons that are no failure: it is not to be told any more."""
DELETED = "deleted"
PASSED_OVER = (Outcome.REFUSED, Outcome.GONE, Outcome.FAILED, Outcome.BLOCKED)
"""After these a channel is not tried again, unless the attempts say so."""


def _failed(since: datetime) -> list[ColumnElement[bool]]:
    """Those that were last due since then; as the index of what is due has its columns."""
    state, reason = notices.c.state, notices.c.reason
    told_no_more = or_(reason.is_(None), reason.not_in(TAKEN_BACK))
    return [state == "failed", notices.c.priority.in_(PRIORITIES), notices.c.due_at >= since, told_no_more]


def by_reason(tx: Tx, since: datetime) -> Sequence[Row[Any]]:
    """(reason, number), the most frequent first."""
    number = func.count().label("number")
    query = select(notices.c.reason, number).where(*_failed(since)).group_by(notices.c.reason)
    return tx.all(query.order_by(number.desc(), notices.c.reason))


def newest(tx: Tx, since: datetime, reason: str | None, reader: Reader, limit: int) -> Sequence[Row[Any]]:
    """id, created_at, name and order_code of those of one reason, without restricted matters, the newest first."""
    query = (
        select(notices.c.id, notices.c.created_at, persons.c.name, orders.c.code.label("order_code"))
        .select_from(JOINED)
        .where(*_failed(since), _of(reason), or_(orders.c.id.is_(None), exclusions.readable(reader)))
    )
    return tx.all(query.order_by(notices.c.due_at.desc(), notices.c.id.desc()).limit(limit))


def waiting_by_reason(tx: Tx) -> Sequence[Row[Any]]:
    """(reason, number) of the notices that found no way and wait for their person."""
    number = func.count().label("number")
    query = select(notices.c.reason, number).where(notices.c.state == "waiting").group_by(notices.c.reason)
    return tx.all(query.order_by(number.desc(), notices.c.reason))


def retriable(
    tx: Tx, since: datetime, *, reason: str | None = None, notice_id: int | None = None, limit: int = 1
) -> Sequence[Row[Any]]:  # fmt: skip
    """Rows, locked, of one notice or of all of a reason that were written since, still say something, and are for
    somebody who may be told: who left the roster is told of own orders alone."""
    has_role = exists().where(roles.c.person_id == notices.c.person_id)
    one = notices.c.id == notice_id if notice_id is not None else _of(reason)
    query = (
        select(*SEEN)
        .select_from(JOINED)
        .where(
            *_failed(since), one, notices.c.created_at >= since,
            or_(notices.c.facts_sealed.is_not(None), notices.c.broadcast_id.is_not(None)),
            or_(persons.c.name.is_(None), has_role, orders.c.person_id == notices.c.person_id),
            or_(persons.c.unreachable.is_(None), persons.c.unreachable != DELETED),
        )
    )  # fmt: skip
    query = query.order_by(notices.c.id).limit(limit)
    return tx.all(query.with_for_update(skip_locked=True, of=notices))


def _of(reason: str | None) -> ColumnElement[bool]:
    return notices.c.reason == reason if reason else notices.c.reason.is_(None)


def try_again(tx: Tx, notice_ids: Collection[int], now: datetime) -> None:
    """Due at once, by every channel that did not take it, also those that refused it."""
    ids = list(notice_ids)
    rounds = select(notices.c.broadcast_id, notices.c.round).where(notices.c.id.in_(ids)).distinct()
    for row in tx.all(rounds.where(notices.c.broadcast_id.is_not(None))):
        written.reopen(tx, row.broadcast_id, now, first_round=row.round == FIRST)
    made = attempts.of(tx, ids)
    attempts.add(tx, ((one, Attempt(now, name, Outcome.LATER)) for one in ids for name in _refused(made.get(one, []))))
    values = {"state": "pending", "tries": 0, "reason": None, "due_at": now, "lease_until": None}
    tx.run(update(notices).where(notices.c.id.in_(ids), notices.c.state == "failed").values(**values))


def _refused(made: Sequence[Attempt]) -> list[str]:
    """The channels whose last attempt closed them."""
    last = {one.channel: one.outcome for one in made if one.channel}
    return [channel for channel, outcome in last.items() if outcome in PASSED_OVER]
