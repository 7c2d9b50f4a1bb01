"""Mass sends of broadcasts: whom one names, how often a person gets one in a month, and what the platform said of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, case, exists, func, insert, null, or_, select, update

from bot.broadcasts.life import CORRECTION, FIRST, State
from bot.store.broadcasts import written
from bot.store.connections.among import among, bound
from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.schema.sending import attempts as tried
from bot.store.schema.sending import mass_recipients, mass_sends
from bot.store.sending import attempts, shared_sends
from bot.store.sending.attempts import Attempt, Outcome
from bot.store.sending.notice_queue import lease_ends
from bot.store.sending.shared_sends import DUE, FAILED, SENT
from bot.store.tables import Instant, broadcasts, notices, persons

MASS = "mass"
MOST, FEWEST = 10_000, 2  # openids of one call
SOME = 500  # notices of one transaction: nobody's message waits for thousands
SOON = timedelta(minutes=1)  # who is due later than this is not waited for
_JOINED = exists().where(
    tried.c.notice_id == notices.c.id, tried.c.channel == MASS, tried.c.outcome == Outcome.JOINED.value
)
_LEFT = exists().where(
    tried.c.notice_id == notices.c.id, tried.c.channel == MASS,
    tried.c.outcome.in_((Outcome.REFUSED.value, Outcome.FAILED.value)),
)  # fmt: skip
_OF_NOTICE = Prepared(
    lambda dialect: (
        select(mass_sends, mass_recipients.c.left_out.label("reason_left_out"))
        .join(mass_recipients, mass_recipients.c.mass_id == mass_sends.c.id)
        .where(among(dialect, mass_recipients.c.notice_id))
    )
)
_NAME = Prepared(lambda dialect: people.inserting(dialect, mass_recipients, ("notice_id", "mass_id", "held")))
_HOLD = Prepared(
    lambda dialect: (
        update(notices)
        .where(among(dialect, notices.c.id), notices.c.state == "pending")
        .values(state="sending", lease_until=lease_ends(dialect))
        .returning(notices.c.id)
    )
)

_TOLD = Prepared(
    lambda dialect: (
        update(notices)
        .where(among(dialect, notices.c.id))
        .values(
            state="sent", taken=notices.c.taken + 1, tries=0, reason=null(), lease_until=null(),
            sent_at=bindparam("at", type_=Instant),
        )
    )
)  # fmt: skip
LET_GO = Prepared(
    lambda dialect: (
        update(notices)
        .where(among(dialect, notices.c.id))
        .values(state="pending", reason=bindparam("why"), lease_until=null(), due_at=bindparam("at", type_=Instant))
    )
)


def of_notice(tx: Tx, notice_id: int) -> Row[Any] | None:
    """The send that names this notice's person, or named them. `reason_left_out`: the platform's code."""
    return tx.first(_OF_NOTICE, ids=bound(tx.dialect, [notice_id]))


def is_complete(tx: Tx, broadcast_id: int, round_: int, now: datetime) -> bool:
    """Whether everybody of this round has been tried, and nobody is about to join those who wait."""
    on_the_way = or_(notices.c.state == "sending", and_(notices.c.state == "pending", notices.c.due_at <= now + SOON))
    query = select(notices.c.id).where(_of(broadcast_id, round_), on_the_way, ~_JOINED)
    return tx.first(query.limit(1)) is None


def may_go(tx: Tx, broadcast_id: int, round_: int) -> bool:
    """Whether it is neither paused nor recalled; nobody can pause or recall it until the transaction ends."""
    row = tx.first(select(broadcasts.c.state).where(broadcasts.c.id == broadcast_id).with_for_update())
    if row is None or row.state == State.PAUSED:
        return False
    return bool(row.state != State.RECALLED or round_ == CORRECTION)


def gather(
    tx: Tx, notice: Any, message: str, month: int, most: int, now: datetime, lease: timedelta
) -> Row[Any] | None:  # fmt: skip
    """A new send for everybody who waits for one with this notice, each of whom it counts in the month; at most 10,000. None
    where these are fewer than two, or where this person had `most` in the month."""
    waiting = _waiting(tx, notice.broadcast_id, notice.round, month, most)
    if notice.id not in {row.id for row in waiting} or len(waiting) < FEWEST:
        return None
    parts = -(-len(waiting) // MOST)
    waiting.sort(key=lambda row: row.id != notice.id)
    waiting = waiting[: -(-len(waiting) // parts)]
    _count(tx, [row.person_id for row in waiting], month)
    ids = [row.id for row in waiting]
    values = {"ids": bound(tx.dialect, ids), "lease": lease, "lease_ends": now + lease}
    held = {row.id for row in tx.all(_HOLD, **values)}
    made = insert(mass_sends).values(
        broadcast_id=notice.broadcast_id, round=notice.round, state=DUE, begun=0, message=message, people=len(ids), left_out=0,
        created_at=now, until=now,
    )  # fmt: skip
    row = tx.run(made.returning(mass_sends)).one()
    rows = [{"notice_id": one, "mass_id": row.id, "held": one in held} for one in ids]
    tx.change(_NAME, rows)
    return row


def take(tx: Tx, send_id: int, now: datetime, lease: timedelta, assumed_after: timedelta) -> tuple[Row[Any], bool]:
    """As `shared_sends.take`. The platform remembers a send for a day: later nobody can ask it again."""
    mine, old = mass_sends.c.id == send_id, mass_sends.c.created_at < now - assumed_after
    return shared_sends.take(tx, mass_sends, mine, now, lease, assumed=old)


def openids(tx: Tx, send_id: int) -> list[str]:
    """Of everybody whom it names, in the order in which it named them first."""
    query = (
        select(persons.c.openid)
        .join(notices, notices.c.person_id == persons.c.id)
        .where(notices.c.id.in_(_named(send_id)), persons.c.openid.is_not(None))
    )
    return [row.openid for row in tx.all(query.order_by(notices.c.id))]


def end(
    tx: Tx, row: Row[Any], state: str, month: int, now: datetime, *, seconds: float = 0, reason: str | None = None,
    message_id: str | None = None,
) -> bool:  # fmt: skip
    """What came of it; False where that is known already. Who was certainly not sent it is not counted."""
    until = now + timedelta(seconds=seconds)
    known = {"message_id": message_id} if message_id else {}
    if not shared_sends.end(tx, mass_sends, row.id, state, now, until=until, reason=reason, **known):
        return False
    if state == FAILED:
        named = select(notices.c.person_id).where(notices.c.id.in_(_named(row.id)))
        uncount(tx, persons.c.id.in_(named), month)
    return True


def uncount(tx: Tx, who: ColumnElement[bool], month: int) -> None:
    """One less in the month."""
    counted = and_(who, persons.c.mass_month == month, persons.c.mass_count > 0)
    tx.run(update(persons).where(counted).values(mass_count=persons.c.mass_count - 1))


def settle_some(tx: Tx, row: Row[Any], state: str, due_at: datetime, reason: str | None, now: datetime) -> int:
    """Write down for some of those whom it held what came of it; how many. Whoever is left when a worker ends finds it when their
    lease is over."""
    held = and_(notices.c.id.in_(_named(row.id, held=True)), notices.c.state == "sending")
    ids = [one.id for one in tx.all(select(notices.c.id).where(held).limit(SOME))]
    if state == SENT:
        tx.change(_TOLD, {"ids": bound(tx.dialect, ids), "at": now})
        attempts.add(tx, ((one, Attempt(now, MASS, Outcome.TAKEN, message_id=f"m{row.id}")) for one in ids))
    else:
        tx.change(LET_GO, {"ids": bound(tx.dialect, ids), "at": due_at, "why": reason and reason[:200]})
    return len(ids)


def by_message_id(tx: Tx, message_id: str) -> Row[Any] | None:
    return tx.first(select(mass_sends).where(mass_sends.c.message_id == message_id))


def is_settled(tx: Tx, send_id: int) -> bool:
    """Whether it is written down of everybody whom it names."""
    open_ = and_(notices.c.id.in_(_named(send_id)), notices.c.state.in_(("pending", "sending")))
    return tx.first(select(notices.c.id).where(open_).limit(1)) is None


def note_event(tx: Tx, send_id: int, status: str, admitted: int, arrived: int, failed: int) -> None:
    """What the platform says became of it, in numbers."""
    mine = update(mass_sends).where(mass_sends.c.id == send_id)
    tx.run(mine.values(status=status[:32], admitted=admitted, arrived=arrived, failed=failed))


def mark_delivered(tx: Tx, send_id: int, now: datetime) -> None:
    """Everybody whom it names has it."""
    has = and_(notices.c.id.in_(_named(send_id)), notices.c.state == "sent")
    at = func.coalesce(notices.c.delivered_at, now)
    _settle(tx, update(notices).where(has).values(state="delivered", delivered_at=at), Outcome.DELIVERED)


def try_others(tx: Tx, row: Row[Any], why: str, now: datetime) -> None:
    """Nobody whom it names has it: they are due at once, unless nothing of the broadcast is sent any more."""
    has = and_(notices.c.id.in_(_named(row.id)), notices.c.state == "sent")
    over = written.over(tx, row.broadcast_id) if row.round != CORRECTION else None
    if over is None:
        written.reopen(tx, row.broadcast_id, now, first_round=row.round == FIRST)
        changed = (
            update(notices)
            .where(has)
            .values(state="pending", due_at=now, tries=notices.c.tries + 1, taken=notices.c.taken - 1, reason=why[:200])
        )
    else:
        changed = update(notices).where(has).values(state="failed", reason=over)
    _settle(tx, changed, Outcome.FAILED)


def _settle(tx: Tx, changed: Any, outcome: Outcome) -> None:
    """Write what is now known of the notices, and of the attempts that brought them."""
    ids = [row.id for row in tx.all(changed.returning(notices.c.id))]
    mine = (among(tx.dialect, tried.c.notice_id), tried.c.channel == MASS, tried.c.outcome.in_(attempts.OPEN))
    tx.run(update(tried).where(*mine).values(outcome=outcome.value), {"ids": bound(tx.dialect, ids)})


def of_broadcast(tx: Tx, broadcast_id: int) -> Sequence[Row[Any]]:
    """Its sends, the oldest first."""
    return tx.all(select(mass_sends).where(mass_sends.c.broadcast_id == broadcast_id).order_by(mass_sends.c.id))


def _of(broadcast_id: int, round_: int) -> ColumnElement[bool]:
    return and_(notices.c.broadcast_id == broadcast_id, notices.c.round == round_)


def _named(send_id: int, *, held: bool | None = None) -> Any:
    mine = (mass_recipients.c.mass_id == send_id, mass_recipients.c.left_out.is_(None))
    query = select(mass_recipients.c.notice_id).where(*mine)
    return query if held is None else query.where(mass_recipients.c.held.is_(held))


def _waiting(tx: Tx, broadcast_id: int, round_: int, month: int, most: int) -> list[Row[Any]]:
    """(id, person_id) of the notices that joined, are named by no send, and whose person may still get one."""
    named = exists().where(mass_recipients.c.notice_id == notices.c.id)
    left = or_(persons.c.mass_month.is_(None), persons.c.mass_month != month, persons.c.mass_count < most)
    query = (
        select(notices.c.id, notices.c.person_id)
        .join(persons, persons.c.id == notices.c.person_id)
        .where(
            _of(broadcast_id, round_), notices.c.state.in_(("pending", "sending")), _JOINED, ~_LEFT, ~named, left,
            persons.c.openid.is_not(None), persons.c.subscribed, persons.c.unreachable.is_(None),
        )
    )  # fmt: skip
    return list(tx.all(query.order_by(notices.c.id)))


def _count(tx: Tx, person_ids: Sequence[int], month: int) -> None:
    """One more in the month. Locked in their order first, as a message and a worker have them."""
    rows = among(tx.dialect, persons.c.id)
    ids = {"ids": bound(tx.dialect, person_ids)}
    if tx.dialect == "postgresql":
        tx.run(select(persons.c.id).where(rows).order_by(persons.c.id).with_for_update(), ids)
    again = case((persons.c.mass_month == month, persons.c.mass_count + 1), else_=1)
    tx.run(update(persons).where(rows).values(mass_month=month, mass_count=again), ids)
