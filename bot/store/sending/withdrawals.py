"""Notices that are told no more: what was to be said holds no longer, or the person may not know it, or no way was found."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Update, and_, bindparam, case, exists, func, null, or_, select, update

from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.parts import parts
from bot.store.sending.notices import NOT_SENT
from bot.store.tables import notices, orders, roles

WITHDRAWN, WITHHELD = "withdrawn", "withheld"
NEVER_AGAIN = (WITHDRAWN, WITHHELD)
"""Reasons for which what is being sent is not tried again."""
HALF_SAID = and_(notices.c.need > notices.c.taken, notices.c.taken > 0, notices.c.state.in_(("sent", "delivered")))
"""A channel took it that did not carry its words."""


def _unsent(reason: str, *which: ColumnElement[bool]) -> Update:
    """What is unsent has failed. What a worker is sending at this moment gets the reason alone: where it does not go now, it is not tried
    again (`notice_reports`)."""
    is_going = notices.c.state == "sending"
    return (
        update(notices)
        .where(*which, notices.c.state.in_((*NOT_SENT, "sending")))
        .values(
            state=case((is_going, notices.c.state), else_="failed"), reason=reason,
            facts_sealed=case((is_going, notices.c.facts_sealed), else_=null()),
        )
    )  # fmt: skip


@cache
def _withdraw(events: tuple[str, ...]) -> Prepared:
    mine = notices.c.order_id == bindparam("of_id"), notices.c.event.in_(events)
    return Prepared(lambda _: _unsent(WITHDRAWN, *mine).returning(notices.c.person_id, notices.c.state))


def _tell_no_more(tx: Tx, reason: str, *which: ColumnElement[bool]) -> None:
    """These notices are told no more: what is unsent has failed, and of what went out without its words these are gone."""
    tx.run(_unsent(reason, *which))
    tx.run(update(notices).where(*which, HALF_SAID).values(need=notices.c.taken, facts_sealed=None))


def on_their_way(tx: Tx, order_id: int) -> list[int]:
    """Persons who have a notice about this order coming that nobody is sending at this moment."""
    coming = notices.c.order_id == order_id, or_(notices.c.state.in_(NOT_SENT), HALF_SAID)
    query = select(notices.c.person_id).where(*coming).distinct()
    return [row.person_id for row in tx.all(query)]


def withhold(tx: Tx, order_id: int, person_ids: Sequence[int]) -> None:
    """These persons are no longer to be told of the order."""
    _tell_no_more(tx, WITHHELD, notices.c.order_id == order_id, notices.c.person_id.in_(person_ids))


def withhold_events(tx: Tx, person_id: int, events: Collection[str]) -> None:
    """This person is no longer to be told of these events."""
    _tell_no_more(tx, WITHHELD, notices.c.person_id == person_id, notices.c.event.in_(events))


def withhold_from_leavers(tx: Tx, person_ids: Sequence[int]) -> None:
    """Of these persons whoever has no role any more is told of nothing but orders of their own."""
    has_role = exists().where(roles.c.person_id == notices.c.person_id)
    own = exists().where(orders.c.id == notices.c.order_id, orders.c.person_id == notices.c.person_id)
    for some in parts(person_ids):
        _tell_no_more(tx, WITHHELD, notices.c.person_id.in_(some), ~has_role, ~own)


def withdraw(tx: Tx, order_id: int, events: Collection[str]) -> frozenset[int]:
    """These notices of the order are not sent any more where nobody has sent them yet; the persons they were for."""
    found = tx.all(_withdraw(tuple(events)), of_id=order_id)
    return frozenset(row.person_id for row in found if row.state == "failed")


def withdraw_broadcast(tx: Tx, broadcast_id: int, reason: str, below: int) -> None:
    """Of this broadcast nothing is told any more of the rounds before `below`."""
    _tell_no_more(tx, reason, notices.c.broadcast_id == broadcast_id, notices.c.round < below)


def fail(tx: Tx, notice_ids: Sequence[int], reason: str) -> None:
    """These are not told any more."""
    if notice_ids:
        _tell_no_more(tx, reason, notices.c.id.in_(notice_ids))


def withdraw_begun(tx: Tx, start: str) -> None:
    """What was written with a `once` that starts so is not sent any more where nobody has sent it yet."""
    tx.run(_unsent(WITHDRAWN, notices.c.once.startswith(start, autoescape=True)))


def take_back(tx: Tx, order_id: int, line: int) -> Sequence[Row[Any]]:
    """(person_id, event) of those who were told of this line of the order's history, or are being told at this moment;
    whoever was not yet told of it is told no more."""
    mine = and_(notices.c.order_id == order_id, notices.c.once.startswith(f"h{line}:"))
    _tell_no_more(tx, WITHDRAWN, mine)
    told = notices.c.state.in_(("sending", "sent", "delivered"))
    return tx.all(select(notices.c.person_id, notices.c.event).where(mine, told).order_by(notices.c.id))


def give_up_waiting(tx: Tx, before: datetime) -> int:
    """Notices that found no way since `before` have failed; how many."""
    query = update(notices).where(notices.c.state == "waiting", notices.c.created_at < before)
    return tx.run(query.values(state="failed", reason=func.coalesce(notices.c.reason, "waited too long"))).rowcount
