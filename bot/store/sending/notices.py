"""Notices: a row for each person and event, until the person has been told."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Row, and_, bindparam, exists, func, or_, select, union_all, update

from bot.broadcasts.life import CORRECTION, FIRST
from bot.store.broadcasts import written
from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.sealed import identity
from bot.store.sending import attempts
from bot.store.sending.attempts import Attempt, Outcome
from bot.store.tables import Instant, broadcasts, notices, orders, persons
from config.logging import trace

NEW_NOTICE: Mapping[str, Any] = {"state": "pending", "taken": 0, "tries": 0}

_COLUMNS = (
    *NEW_NOTICE, "event", "order_id", "broadcast_id", "facts_sealed", "priority", "need", "due_at", "created_at",
    "person_id", "once",
)  # fmt: skip
_WRITE = Prepared(lambda dialect: people.inserting(dialect, notices, _COLUMNS, skip=[]))

Priority = Literal[0, 4, 5, 6, 7, 8]  # danger first, broadcasts last
PRIORITIES = get_args(Priority)  # there are no others
DIGEST: Priority = 6  # somebody's one message a day; within the hours of broadcasts
BROADCAST: Priority = 7
COLLECTED: Priority = 8  # a broadcast that goes in such a message; no worker takes it
AT_ONCE = tuple(one for one in PRIORITIES if one < DIGEST)  # never held
NOT_SENT = ("pending", "waiting")
POSTPONED = timedelta(minutes=1)  # what is due later than this is not on its way: the next reply may tell it

SEEN = (
    notices, persons.c.openid, persons.c.subscribed, persons.c.unreachable, persons.c.channels,
    persons.c.chat_until, persons.c.chat_left, persons.c.click_until, persons.c.click_left,
    persons.c.refused_templates, orders.c.code.label("order_code"), orders.c.lane.label("order_lane"),
    orders.c.state.label("order_state"), orders.c.outcome.label("order_outcome"),
    orders.c.closed_at.label("order_closed_at"),
    orders.c.handler_id.label("order_handler_id"), broadcasts.c.kind.label("broadcast_kind"),
    broadcasts.c.title.label("broadcast_title"), broadcasts.c.body.label("broadcast_body"),
    broadcasts.c.state.label("broadcast_state"), broadcasts.c.details.label("broadcast_details"),
    broadcasts.c.year.label("broadcast_year"), broadcasts.c.number.label("broadcast_number"),
)  # fmt: skip
JOINED = (
    notices.join(persons, persons.c.id == notices.c.person_id)
    .outerjoin(orders, orders.c.id == notices.c.order_id)
    .outerjoin(broadcasts, broadcasts.c.id == notices.c.broadcast_id)
)


_BY_ID = Prepared(lambda _: select(notices).where(notices.c.id == bindparam("of_id")))
_DELIVERED = Prepared(
    lambda _: (
        update(notices)
        .where(notices.c.id == bindparam("of_id"), notices.c.state == bindparam("of_state"))
        .values(
            state=bindparam("new_state"),
            delivered_at=func.coalesce(notices.c.delivered_at, bindparam("at", type_=Instant)),
        )
    )
)


def write(
    tx: Tx, person_ids: Iterable[int], event: str, *, now: datetime, order_id: int | None = None,
    broadcast_id: int | None = None, facts: Mapping[str, object] | None = None, priority: Priority = 5, need: int = 1,
    once: str | None = None, due_at: datetime | None = None, boxed: bool = False,
) -> None:  # fmt: skip
    """One row per person; `once` names the event, so that writing it again changes nothing. `boxed`: what it says is
    of the sealed box."""
    if facts is not None and trace.get():
        facts = {**facts, "trace": trace.get()}
    key = identity.notice(event, order_id, broadcast_id, now)
    sealed = tx.seal_facts(facts, boxed=boxed, of=identity.of("notices", "facts_sealed", key))
    row = {
        **NEW_NOTICE, "event": event, "order_id": order_id, "broadcast_id": broadcast_id, "facts_sealed": sealed,
        "priority": priority, "need": need, "due_at": due_at or now, "created_at": now,
    }  # fmt: skip
    rows = [
        {**row, "person_id": person, "once": f"{once}:{person}" if once else None}
        for person in dict.fromkeys(person_ids)
    ]
    if rows:
        tx.write(_WRITE, rows)
        tx.summary.wrote_notice(priority)


def unsent_of(tx: Tx, order_id: int, event: str) -> set[int]:
    """The persons to whom a notice of this event of the order is not sent yet."""
    found = select(notices.c.person_id).where(
        notices.c.order_id == order_id, notices.c.event == event, notices.c.state.in_(NOT_SENT)
    )
    return {row.person_id for row in tx.all(found)}


def by_id(tx: Tx, notice_id: int) -> Row[Any]:
    row = tx.first(_BY_ID, of_id=notice_id)
    assert row is not None
    return row


def mark_delivered(tx: Tx, notice: Row[Any], now: datetime) -> bool:
    """The person has it, on one channel at least; False where somebody else changed the notice meanwhile."""
    state = "delivered" if notice.state in ("sent", "waiting") else notice.state
    values = {"of_id": notice.id, "of_state": notice.state, "new_state": state, "at": now}
    return tx.change(_DELIVERED, values) == 1


def try_again(tx: Tx, notice: Row[Any], reason: str, now: datetime) -> bool:
    """A channel that took it did not bring it: due at once. False where somebody else changed the notice meanwhile."""
    if notice.broadcast_id is not None:
        over = written.over(tx, notice.broadcast_id) if notice.round != CORRECTION else None
        if over is not None:
            mine = update(notices).where(notices.c.id == notice.id, notices.c.state == notice.state)
            return tx.run(mine.values(state="failed", reason=over, lease_until=None)).rowcount == 1
        written.reopen(tx, notice.broadcast_id, now, first_round=notice.round == FIRST)
    changed = (
        update(notices)
        .where(notices.c.id == notice.id, notices.c.state == notice.state)
        .values(
            state="pending", due_at=now, lease_until=None, tries=notices.c.tries + 1, taken=notices.c.taken - 1,
            reason=reason[:200],
        )
    )  # fmt: skip
    return tx.run(changed).rowcount == 1


def unsaid(person_id: Any) -> list[ColumnElement[bool]]:
    """What a reply may tell, as conditions of which each has an index and no notice meets two: no way was open; it is
    put off for long; only one channel took it where two were needed. Parameters: now, later, since."""
    mine, state = notices.c.person_id == person_id, notices.c.state
    one_took_it = and_(notices.c.need > 1, notices.c.created_at > bindparam("since"), notices.c.taken == 1)
    put_off = and_(notices.c.reason.is_not(None), notices.c.due_at > bindparam("later"))
    return [
        and_(mine, state == "waiting"),
        and_(mine, state == "pending", or_(put_off, and_(one_took_it, notices.c.due_at > bindparam("now")))),
        and_(mine, one_took_it, state.in_(("sent", "delivered"))),
    ]


def _waiting_for(_: str) -> Any:
    conditions = unsaid(bindparam("of_id"))
    found = union_all(*(select(notices.c.id).where(each) for each in conditions))
    query = (
        select(*SEEN).select_from(JOINED).where(notices.c.id.in_(found), or_(*conditions))
    )  # again, once it is locked
    query = query.order_by(notices.c.priority, notices.c.id).limit(bindparam("most"))
    return query.with_for_update(skip_locked=True, of=notices)


def _count_waiting(_: str) -> Any:
    found = union_all(*(select(notices.c.id).where(each) for each in unsaid(bindparam("of_id"))))
    return select(func.count()).select_from(found.subquery())


_WAITING_FOR, _COUNT_WAITING = Prepared(_waiting_for), Prepared(_count_waiting)


def waiting_for(tx: Tx, person_id: int, now: datetime, since: datetime, limit: int = 5) -> Sequence[Row[Any]]:
    """What the person could not be told so far, most urgent first; no worker takes these meanwhile."""
    return tx.all(_WAITING_FOR, of_id=person_id, now=now, later=now + POSTPONED, since=since, most=limit)


def count_waiting(tx: Tx, person_id: int, now: datetime, since: datetime) -> int:
    return int(tx.value(_COUNT_WAITING, of_id=person_id, now=now, later=now + POSTPONED, since=since) or 0)


def mark_delivered_in_reply(tx: Tx, notice_ids: Sequence[int], now: datetime) -> None:
    values = {"state": "delivered", "taken": notices.c.need, "sent_at": now, "delivered_at": now, "reason": None}
    tx.run(update(notices).where(notices.c.id.in_(notice_ids)).values(**values))
    attempts.add(tx, ((one, Attempt(now, attempts.REPLY, Outcome.DELIVERED)) for one in notice_ids))


def waits_of_broadcast(tx: Tx, broadcast_id: int) -> bool:
    """Whether somebody is still to be told of it."""
    mine = (notices.c.broadcast_id == broadcast_id, notices.c.round == FIRST, notices.c.state.in_(NOT_SENT))
    return bool(tx.value(select(exists().where(*mine))))


def begun_once(tx: Tx, starts: Iterable[str]) -> Sequence[Row[Any]]:
    """What was written with a `once` that starts so."""
    return tx.all(select(notices).where(or_(*(notices.c.once.startswith(start, autoescape=True) for start in starts))))
