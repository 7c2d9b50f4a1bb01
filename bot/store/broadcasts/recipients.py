"""The recipients of a broadcast: rows of the outbox, one for each person and round. Round 0 makes somebody a recipient."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, delete, exists, func, insert, literal, or_, select, true, update

from bot.broadcasts.audience import Audience
from bot.broadcasts.life import CORRECTION, FIRST, NO_DUTY, State
from bot.store.broadcasts import audience as audiences
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx
from bot.store.sealed import identity
from bot.store.sending.notices import BROADCAST, COLLECTED, NEW_NOTICE, NOT_SENT
from bot.store.tables import Id, broadcast_people, broadcast_preferences, broadcasts, notices, persons, roles

EVENT, CORRECTED = "broadcast", "broadcast_recalled"
OUTSTANDING = ("pending", "sending")  # a worker will send these
TOLD = ("sent", "delivered")
SEEN = ("sending", *TOLD)
MAY_BE_REMINDED = (*TOLD, "waiting")
MOST_RECEIVED = 20
ACKNOWLEDGED = "acknowledged"
"""Why somebody is reminded no more."""


def _of(broadcast_id: int) -> ColumnElement[bool]:
    return and_(notices.c.broadcast_id == broadcast_id, notices.c.round == FIRST)


def _add(tx: Tx, broadcast: Broadcast, people: Any, due_at: Any, **values: Any) -> int:
    """A notice of the broadcast for each `person_id` of this query, in one statement; how many."""
    row = {**NEW_NOTICE, "need": 1, "priority": BROADCAST, **values}
    who = people.subquery("who")
    said = (v if isinstance(v, ColumnElement) else literal(v, notices.c[k].type) for k, v in row.items())
    query = select(who.c.person_id, literal(broadcast.id, Id), due_at, *said).select_from(
        who.outerjoin(broadcast_preferences, broadcast_preferences.c.person_id == who.c.person_id)
    )
    tx.summary.wrote_notice(BROADCAST)
    columns = ["person_id", "broadcast_id", "due_at", *row]
    added = insert(notices).from_select(columns, query.order_by(who.c.person_id))
    return tx.run(added.execution_options(preserve_rowcount=True)).rowcount


def _at(moment: datetime) -> Any:
    return literal(moment, notices.c.due_at.type)


def freeze(tx: Tx, broadcast: Broadcast, now: datetime, due_at: datetime, digest_at: datetime) -> int:
    """Make everybody who fits now a recipient. Who wishes one message a day gets what is no duty in that of `digest_at`. How
    many."""
    at = _at(due_at)
    priority: ColumnElement[int] = literal(BROADCAST, notices.c.priority.type)
    if broadcast.kind in NO_DUTY:
        collects = broadcast_preferences.c.digest.is_(True)
        at = case((collects, _at(digest_at)), else_=at)
        priority = case((collects, COLLECTED), else_=priority)
    people = audiences.who(Audience.of(broadcast.audience), broadcast.kind)
    return _add(tx, broadcast, people, at, event=EVENT, round=FIRST, created_at=now, priority=priority)


def unfreeze(tx: Tx, broadcast_id: int) -> bool:
    """Nobody is a recipient any more. False, and nothing has changed, where somebody has been sent it already."""
    touched = or_(notices.c.state != "pending", notices.c.tries > 0)
    if tx.first(select(notices.c.id).where(notices.c.broadcast_id == broadcast_id, touched).limit(1)) is not None:
        return False
    tx.run(delete(notices).where(notices.c.broadcast_id == broadcast_id))
    return True


def remind(tx: Tx, broadcast: Broadcast, round_: int, now: datetime) -> int:
    """A notice of this round for everybody who is on the roster, was told or could not be reached, and has neither
    acknowledged nor was told by hand. How many."""
    offline = exists().where(
        broadcast_people.c.broadcast_id == broadcast.id, broadcast_people.c.person_id == notices.c.person_id,
        broadcast_people.c.told_offline_at.is_not(None),
    )  # fmt: skip
    people = select(notices.c.person_id).where(
        _of(broadcast.id), notices.c.acked_at.is_(None), notices.c.state.in_(MAY_BE_REMINDED), ~offline,
        exists().where(roles.c.person_id == notices.c.person_id),
    )  # fmt: skip
    return _add(tx, broadcast, people, _at(now), event=EVENT, round=round_, created_at=now)


def correct(tx: Tx, broadcast: Broadcast, words: str, now: datetime, due_at: datetime) -> int:
    """Everybody who has the broadcast, or may have it, hears what is wrong with it. How many."""
    key = identity.notice(CORRECTED, None, broadcast.id, now)
    sealed = tx.seal_facts({"body": words}, of=identity.of("notices", "facts_sealed", key))
    people = select(notices.c.person_id).where(_of(broadcast.id), or_(notices.c.state.in_(SEEN), notices.c.taken > 0))
    return _add(
        tx, broadcast, people, _at(due_at), event=CORRECTED, round=CORRECTION, created_at=now, facts_sealed=sealed
    )


def counts(tx: Tx, broadcast: Broadcast) -> Mapping[tuple[str, bool, bool], int]:
    """How many recipients there are, by (state, acknowledged, bound). Who was told by a later round alone counts as sent. Whether
    somebody is bound is looked up only where nobody told them: in the end of few."""
    acked = notices.c.acked_at.is_not(None)
    has_account = exists().where(persons.c.id == notices.c.person_id, persons.c.openid.is_not(None))
    bound = case((or_(acked, notices.c.state.in_(TOLD)), true()), else_=has_account)
    state: ColumnElement[str] = notices.c.state
    if broadcast.rounds:
        later = notices.alias("later")
        told = exists().where(
            later.c.broadcast_id == notices.c.broadcast_id, later.c.person_id == notices.c.person_id,
            later.c.round.between(FIRST + 1, CORRECTION - 1), later.c.state.in_(TOLD),
        )  # fmt: skip
        state = case((and_(notices.c.state.not_in(TOLD), told), "sent"), else_=notices.c.state)
    each = select(state.label("state"), acked.label("acked"), bound.label("bound")).where(_of(broadcast.id)).subquery()
    found = tx.all(select(*each.c, func.count().label("number")).group_by(*each.c))
    return {(row.state, bool(row.acked), bool(row.bound)): row.number for row in found}


def outstanding(tx: Tx, broadcast_id: int, *rounds: int) -> bool:
    """Whether a worker will send, or is sending, something of these rounds."""
    mine = and_(notices.c.broadcast_id == broadcast_id, notices.c.round.in_(rounds))
    return tx.first(select(notices.c.id).where(mine, notices.c.state.in_(OUTSTANDING)).limit(1)) is not None


def told(tx: Tx, person_id: int, broadcast_id: int | None, now: datetime) -> Row[Any] | None:
    """The person's notice of round 0 of this broadcast, if its time has come; without a number that of the broadcast of which
    something reached the person last."""
    mine = select(notices).where(notices.c.person_id == person_id, notices.c.broadcast_id.is_not(None))
    if broadcast_id is None:
        seen = or_(notices.c.state.in_(SEEN), notices.c.sent_at.is_not(None))
        at = func.coalesce(notices.c.sent_at, notices.c.due_at)
        query = mine.where(seen, notices.c.event == EVENT, notices.c.due_at <= now)
        newest = tx.first(query.order_by(at.desc(), notices.c.id.desc()).limit(1))
        if newest is None or newest.round == FIRST:
            return newest
        broadcast_id = newest.broadcast_id
    row = tx.first(mine.where(notices.c.due_at <= now, _of(broadcast_id)))
    if row is None or row.state in SEEN or row.sent_at is not None:
        return row
    recalled = broadcasts.c.state == State.RECALLED
    gone = tx.first(select(broadcasts.c.id).where(broadcasts.c.id == broadcast_id, recalled))
    return row if gone is None else None  # who read it in a group acknowledges it; nobody what never went out


def received(tx: Tx, person_id: int, now: datetime, broadcast_id: int | None = None) -> Sequence[Row[Any]]:
    """What the person was sent, or could not be sent, the newest first, or this one alone: the broadcast's columns, with
    acked_at and told_at of the person's notice, and what the person answered. What was recalled before it went out is not there."""
    seen = or_(notices.c.state.in_(SEEN), notices.c.sent_at.is_not(None))
    there = or_(seen, and_(notices.c.state != "pending", broadcasts.c.state != State.RECALLED))
    answer = and_(
        broadcast_people.c.broadcast_id == notices.c.broadcast_id, broadcast_people.c.person_id == notices.c.person_id
    )
    query = (
        select(
            broadcasts, notices.c.acked_at, func.coalesce(notices.c.sent_at, notices.c.due_at).label("told_at"),
            broadcast_people.c.broadcast_id.label("answered"), broadcast_people.c.coming, broadcast_people.c.reason_sealed,
            broadcast_people.c.signed_in_at,
        )
        .select_from(
            notices.join(broadcasts, broadcasts.c.id == notices.c.broadcast_id).outerjoin(broadcast_people, answer)
        )
        .where(
            notices.c.person_id == person_id, notices.c.event == EVENT, notices.c.round == FIRST, notices.c.due_at <= now, there
        )
    )  # fmt: skip
    if broadcast_id is not None:
        query = query.where(notices.c.broadcast_id == broadcast_id)
    return tx.all(query.order_by(notices.c.id.desc()).limit(MOST_RECEIVED))


def mark_acked(tx: Tx, broadcast_id: int, person_id: int, now: datetime) -> bool:
    """Record the acknowledgement; the person is reminded no more. Returns whether it is the first."""
    mine = and_(notices.c.broadcast_id == broadcast_id, notices.c.person_id == person_id)
    first = update(notices).where(mine, notices.c.round == FIRST, notices.c.acked_at.is_(None))
    if tx.run(first.values(acked_at=now)).rowcount != 1:
        return False
    later = update(notices).where(
        mine, notices.c.round.between(FIRST + 1, CORRECTION - 1), notices.c.state.in_(NOT_SENT)
    )
    tx.run(later.values(state="failed", reason=ACKNOWLEDGED))
    return True


def unacknowledged(tx: Tx, broadcast_id: int) -> Sequence[Row[Any]]:
    """Recipients without an acknowledgement, by name: person_id, name, state, and when and how they were told by hand."""
    by_hand = and_(
        broadcast_people.c.broadcast_id == notices.c.broadcast_id, broadcast_people.c.person_id == notices.c.person_id
    )
    query = (
        select(
            notices.c.person_id, persons.c.name, notices.c.state, broadcast_people.c.told_offline_at,
            broadcast_people.c.told_offline_how,
        )
        .select_from(notices.join(persons).outerjoin(broadcast_people, by_hand))
        .where(_of(broadcast_id), notices.c.acked_at.is_(None))
    )  # fmt: skip
    return tx.all(query.order_by(persons.c.name, notices.c.person_id))


def is_recipient(tx: Tx, broadcast_id: int, person_id: int) -> bool:
    mine = and_(_of(broadcast_id), notices.c.person_id == person_id)
    return tx.first(select(notices.c.id).where(mine)) is not None


def fail_lost(tx: Tx, broadcast_id: int, before: datetime, reason: str) -> None:
    """What a worker took before and has not been heard of since is not sent again."""
    lost = and_(notices.c.broadcast_id == broadcast_id, notices.c.round < CORRECTION, notices.c.state == "sending")
    tx.run(
        update(notices)
        .where(lost, notices.c.lease_until < before)
        .values(state="failed", reason=reason, lease_until=None)
    )
