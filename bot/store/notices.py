"""The outbox: a row per person and event, claimed under a lease, until somebody has been told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, String, and_, bindparam, case, exists, func, or_, select, union_all, update

from bot.store import people
from bot.store.database import Tx
from bot.store.statements import Prepared
from bot.store.tables import broadcasts, notices, orders, persons

NEW_NOTICE: Mapping[str, Any] = {"state": "pending", "taken_by": "", "passed_by": "", "attempts": 0}

_COLUMNS = (
    *NEW_NOTICE, "event", "order_id", "broadcast_id", "facts_sealed", "priority", "need", "due_at", "created_at",
    "person_id", "once",
)  # fmt: skip
_WRITE = Prepared(lambda dialect: people.inserting(dialect, notices, _COLUMNS, skip=[]))

NOT_SENT = ("pending", "waiting")
BLOCKED = "failed:user block"  # the finish event's word for a person who refuses the account's messages
POSTPONED = timedelta(minutes=1)  # what is due later than this is not on its way: the next reply may tell it

_SEEN = (
    notices, persons.c.openid, persons.c.subscribed, persons.c.unreachable, persons.c.channels,
    persons.c.chat_until, persons.c.chat_left, persons.c.click_until, persons.c.click_left,
    persons.c.refused_templates, orders.c.code.label("order_code"), orders.c.lane.label("order_lane"), broadcasts.c.kind.label("broadcast_kind"),
    broadcasts.c.title.label("broadcast_title"), broadcasts.c.body.label("broadcast_body"),
)  # fmt: skip
_JOINED = (
    notices.join(persons, persons.c.id == notices.c.person_id)
    .outerjoin(orders, orders.c.id == notices.c.order_id)
    .outerjoin(broadcasts, broadcasts.c.id == notices.c.broadcast_id)
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt to tell somebody."""

    notice_id: int
    person_id: int
    state: str  # pending, sent or waiting
    taken_by: str
    passed_by: str
    attempts: int
    reason: str | None = None
    message_id: str | None = None
    due_at: datetime | None = None  # when to try again; None: as it was
    person: Mapping[str, Any] | None = None  # columns of the person that turned out to be different
    spent: str | None = None  # "chat" or "click": one message of that window was used
    refused_template: str | None = None


def write(
    tx: Tx, person_ids: Iterable[int], event: str, *, now: datetime, order_id: int | None = None,
    broadcast_id: int | None = None, facts: Mapping[str, object] | None = None, priority: int = 5, need: int = 1,
    once: str | None = None, due_at: datetime | None = None, boxed: bool = False,
) -> None:  # fmt: skip
    """One row per person; `once` names the event, so that writing it again changes nothing. `boxed`: what it says is
    of the sealed box."""
    sealed = tx.seal_facts(facts, boxed=boxed)
    row = {
        **NEW_NOTICE, "event": event, "order_id": order_id, "broadcast_id": broadcast_id, "facts_sealed": sealed,
        "priority": priority, "need": need, "due_at": due_at or now, "created_at": now,
    }  # fmt: skip
    rows = [
        {**row, "person_id": person, "once": f"{once}:{person}" if once else None}
        for person in dict.fromkeys(person_ids)
    ]
    if rows:
        tx.change(_WRITE, rows)
        tx.summary.wrote_notice(priority)


def claim(tx: Tx, limit: int, now: datetime, lease_seconds: float) -> Sequence[Row[Any]]:
    """Take up to `limit` due notices for `lease_seconds`; also those whose taker has not been heard of since."""
    lease_now = _lease_clock(tx, now)
    due = (
        select(notices.c.id).where(_due(now, lease_now)).order_by(notices.c.priority, notices.c.id).limit(limit)
        .with_for_update(skip_locked=True)
    )  # fmt: skip
    taken = tx.all(
        update(notices).where(notices.c.id.in_(due.scalar_subquery()))
        .values(state="sending", lease_until=lease_now + timedelta(seconds=lease_seconds)).returning(notices.c.id)
    )  # fmt: skip
    if not taken:
        return []
    query = select(*_SEEN).select_from(_JOINED).where(notices.c.id.in_([row.id for row in taken]))
    return tx.all(query.order_by(notices.c.priority, notices.c.id))


def due_exists(tx: Tx, now: datetime) -> bool:
    return bool(tx.value(select(exists().where(_due(now, _lease_clock(tx, now))))))


def _lease_clock(tx: Tx, now: datetime) -> datetime:
    """One clock for the leases of all workers: the database's, where they may stand on several machines."""
    return tx.value(select(func.clock_timestamp())) if tx.dialect == "postgresql" else now


def _due(now: datetime, lease_now: datetime) -> Any:
    return or_(
        and_(notices.c.state == "pending", notices.c.due_at <= now),
        and_(notices.c.state == "sending", notices.c.lease_until < lease_now),
    )


_SAID = bindparam("b_state", type_=String())
_RECORD = (
    update(notices)
    .where(notices.c.id == bindparam("b_id"), notices.c.state == "sending")
    .values(
        state=case(
            (and_(_SAID == "sent", notices.c.delivered_at.is_not(None)), "delivered"), else_=_SAID
        ), taken_by=bindparam("b_taken_by"), passed_by=bindparam("b_passed_by"),
        attempts=bindparam("b_attempts"), reason=bindparam("b_reason"), lease_until=None,
        message_id=func.coalesce(bindparam("b_message_id"), notices.c.message_id),
        due_at=func.coalesce(bindparam("b_due_at", type_=notices.c.due_at.type), notices.c.due_at),
        sent_at=func.coalesce(bindparam("b_sent_at", type_=notices.c.sent_at.type), notices.c.sent_at),
    )
)  # fmt: skip


def record(tx: Tx, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write down what became of claimed notices, and of their persons."""
    if not outcomes:
        return
    for outcome in sorted(outcomes, key=lambda outcome: outcome.person_id):
        _record_person(tx, outcome)  # persons first and in order, as a message has its person before its notices
    tx.run(_RECORD, [
        {
            "b_id": o.notice_id, "b_state": o.state, "b_taken_by": o.taken_by, "b_passed_by": o.passed_by,
            "b_attempts": o.attempts, "b_reason": o.reason and o.reason[:200], "b_message_id": o.message_id,
            "b_due_at": o.due_at, "b_sent_at": now if o.taken_by else None,
        }
        for o in outcomes
    ])  # fmt: skip


def _record_person(tx: Tx, outcome: Outcome) -> None:
    if outcome.spent:
        left = persons.c[f"{outcome.spent}_left"]
        tx.run(update(persons).where(persons.c.id == outcome.person_id, left > 0).values({left: left - 1}))
    if outcome.person:
        people.change(tx, outcome.person_id, **outcome.person)
    if outcome.refused_template:
        known = people.by_id(tx, outcome.person_id).refused_templates or []
        people.change(tx, outcome.person_id, refused_templates=sorted({*known, outcome.refused_template}))


def settle(tx: Tx, notice: Row[Any], channel: str, status: str, now: datetime) -> bool:
    """A receipt's word on what a channel took: delivered, or on to the next channel with the reason.

    False where the notice is just being sent, so that the word must wait until that is written down.
    """
    if notice.state == "sending":
        return False
    taken = _names(notice.taken_by)
    if channel not in taken or notice.state == "failed":
        return True  # said before, or too late to matter
    mine = update(notices).where(notices.c.id == notice.id, notices.c.state == notice.state)
    if status == "success":
        state = "delivered" if notice.state in ("sent", "waiting") else notice.state
        return tx.run(mine.values(state=state, delivered_at=func.coalesce(notices.c.delivered_at, now))).rowcount == 1
    if notice.state == "delivered" and notice.need < 2:
        return True
    if status == BLOCKED:
        people.change(tx, notice.person_id, unreachable=status)
    changed = mine.values(
        state="pending", due_at=now, lease_until=None, attempts=notice.attempts + 1, reason=status[:200],
        taken_by=",".join(name for name in taken if name != channel),
        passed_by=",".join(sorted({*_names(notice.passed_by), channel})),
    )  # fmt: skip
    return tx.run(changed).rowcount == 1


def _names(joined: str) -> list[str]:
    return [name for name in joined.split(",") if name]


def by_message_id(tx: Tx, message_id: str) -> Row[Any] | None:
    return tx.first(select(notices).where(notices.c.message_id == message_id))


def untold_subscription(tx: Tx, person_id: int, since: datetime, until: datetime) -> Row[Any] | None:
    """The person's oldest notice without a receipt that was sent as a subscription message in this time."""
    query = select(notices).where(
        notices.c.person_id == person_id, notices.c.state.in_(("sent", "pending")), notices.c.delivered_at.is_(None),
        notices.c.taken_by.like("%subscription%"), notices.c.sent_at > since, notices.c.sent_at <= until,
    )  # fmt: skip
    return tx.first(query.order_by(notices.c.sent_at, notices.c.id).limit(1))


def unsaid(person_id: Any) -> list[ColumnElement[bool]]:
    """What a reply may tell, as conditions of which each has an index and no notice meets two: no way was open; it is
    put off for long; only one channel took it where two were needed. Parameters: now, later, since."""
    mine, state, taken = notices.c.person_id == person_id, notices.c.state, notices.c.taken_by
    one_took_it = and_(
        notices.c.need > 1, notices.c.created_at > bindparam("since"), taken != "", taken.not_like("%,%"),
        taken != "reply",
    )  # fmt: skip
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
        select(*_SEEN).select_from(_JOINED).where(notices.c.id.in_(found), or_(*conditions))
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
    taken = case((notices.c.taken_by == "", "reply"), else_=notices.c.taken_by + ",reply")
    values = {"state": "delivered", "taken_by": taken, "sent_at": now, "delivered_at": now, "reason": None}
    tx.run(update(notices).where(notices.c.id.in_(notice_ids)).values(**values))


def on_their_way(tx: Tx, order_id: int) -> list[int]:
    """Persons who have a notice about this order coming that nobody is sending at this moment."""
    query = select(notices.c.person_id).where(notices.c.order_id == order_id, notices.c.state.in_(NOT_SENT)).distinct()
    return [row.person_id for row in tx.all(query)]


def withhold(tx: Tx, order_id: int, person_ids: Sequence[int]) -> None:
    """These persons are no longer to be told of the order."""
    mine = notices.c.order_id == order_id, notices.c.state.in_(NOT_SENT), notices.c.person_id.in_(person_ids)
    tx.run(update(notices).where(*mine).values(state="failed", reason="withheld", facts_sealed=None))


def give_up_waiting(tx: Tx, before: datetime) -> int:
    """Notices that found no way since `before` have failed; how many."""
    query = update(notices).where(notices.c.state == "waiting", notices.c.created_at < before)
    return tx.run(query.values(state="failed", reason=func.coalesce(notices.c.reason, "waited too long"))).rowcount
