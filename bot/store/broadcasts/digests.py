"""The one message a day: a notice of its own for each person, in which the collected broadcasts of that day go.

A collected notice has the priority COLLECTED, which no worker takes. Once it belongs to a digest it has the digest's state: who
gets the one gets the other. Where the digest cannot be sent, or there is only one for it, its broadcasts go out by themselves.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, String, and_, cast, exists, func, literal, select, update

from bot.broadcasts.life import State
from bot.store.broadcasts import written
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.sending.notices import BROADCAST, COLLECTED, DIGEST, JOINED, NEW_NOTICE, SEEN
from bot.store.tables import broadcasts, notices

EVENT = "broadcast_digest"
SEPARATED = "separated"
"""Why a digest failed: its broadcasts are told one by one."""
OPEN = ("pending", "sending")
ENDED_UNSENT = ("waiting", "failed")


def gather(tx: Tx, day: str, now: datetime) -> int:
    """A digest for everybody for whom two or more collected notices are due; one alone goes as it is. Nobody gets more than one
    of either on this `day`; a second clock finds nothing to do. How many digests."""
    _send_alone(tx, day, now)
    due = _due(day, now).subquery("due")
    new = {**NEW_NOTICE, "event": EVENT, "need": 1, "priority": DIGEST, "due_at": now, "created_at": now}
    values = [literal(value, notices.c[name].type) for name, value in new.items()]
    several = select(due.c.person_id, _once(day, due.c.person_id), *values).group_by(due.c.person_id)
    several = several.having(func.count() > 1)
    added = tx.run(
        people.insert_selected(
            tx, notices, ["person_id", "once", *new], several.order_by(due.c.person_id), on=["once"]
        ).execution_options(preserve_rowcount=True)
    ).rowcount
    if added:
        _put_in(tx, day, now)
    return added


def _send_alone(tx: Tx, day: str, now: datetime) -> None:
    due = _due(day, now).subquery("due")
    alone = select(func.min(due.c.id)).group_by(due.c.person_id).having(func.count() == 1)
    values = {"priority": BROADCAST, "once": _once(day, notices.c.person_id)}
    tx.run(update(notices).where(notices.c.id.in_(alone), _is_collected()).values(**values))


def _put_in(tx: Tx, day: str, now: datetime) -> None:
    """What is due goes into the digests that this transaction has made, and no other: nobody else has seen them yet."""
    digest = notices.alias("made")
    mine = and_(digest.c.once == _once(day, notices.c.person_id), digest.c.event == EVENT, digest.c.created_at == now)
    which = select(digest.c.id).where(mine).correlate(notices).scalar_subquery()
    due = and_(_is_collected(), notices.c.due_at <= now, _goes_out(now), exists().where(mine))
    tx.run(update(notices).where(due).values(digest_id=which))


def due_exists(tx: Tx, day: str, now: datetime) -> bool:
    """Whether `gather` would find something."""
    return tx.first(_due(day, now).limit(1)) is not None


def _once(day: str, person_id: ColumnElement[int]) -> ColumnElement[str]:
    return literal(f"{EVENT}:{day}:", String()) + cast(person_id, String)


def _is_collected() -> ColumnElement[bool]:
    return and_(notices.c.state == "pending", notices.c.priority == COLLECTED, notices.c.digest_id.is_(None))


def _goes_out(now: datetime) -> ColumnElement[bool]:
    held = broadcasts.c.state.in_((State.PAUSED.value, State.RECALLED.value))
    return exists().where(broadcasts.c.id == notices.c.broadcast_id, ~held, broadcasts.c.due_from <= now)


def _due(day: str, now: datetime) -> Any:
    """(id, person_id) of what is due for a digest, of persons who got none on this day."""
    had = notices.alias("had")
    got = exists().where(had.c.once == _once(day, notices.c.person_id))
    query = select(notices.c.id, notices.c.person_id)
    return query.where(_is_collected(), notices.c.due_at <= now, _goes_out(now), ~got)


def take(tx: Tx, digest_ids: Sequence[int]) -> Mapping[int, Sequence[Row[Any]]]:
    """A worker has these digests in hand: what goes in each. What was paused meanwhile waits for another day's."""
    paused = select(broadcasts.c.id).where(broadcasts.c.state == State.PAUSED.value)
    held = and_(_in(digest_ids), notices.c.state == "pending", notices.c.broadcast_id.in_(paused))
    tx.run(update(notices).where(held).values(digest_id=None))
    follow(tx, digest_ids)
    return parts(tx, digest_ids)


def parts(tx: Tx, digest_ids: Collection[int]) -> Mapping[int, Sequence[Row[Any]]]:
    """What is told in each of these digests, as a worker has notices; what was recalled is not."""
    found: dict[int, list[Row[Any]]] = {}
    if digest_ids:
        told = and_(notices.c.state != "failed", broadcasts.c.state != State.RECALLED.value)
        query = select(*SEEN).select_from(JOINED).where(_in(digest_ids), told).order_by(notices.c.id)
        for row in tx.all(query):
            found.setdefault(row.digest_id, []).append(row)
    return found


def follow(tx: Tx, digest_ids: Collection[int]) -> None:
    """What became of these digests became of all that is in them. Of one that found no way they go out by themselves."""
    if not digest_ids:
        return
    _separate(tx, digest_ids)
    digest = notices.alias("digest")
    state = {name: digest.c[name] for name in ("state", "taken", "tries", "reason", "lease_until", "delivered_at")}
    mine = and_(notices.c.digest_id == digest.c.id, digest.c.id.in_(digest_ids), notices.c.state != "failed")
    sent_at = func.coalesce(notices.c.sent_at, digest.c.sent_at)
    tx.run(update(notices).where(mine).values(**state, sent_at=sent_at))


def _separate(tx: Tx, digest_ids: Collection[int]) -> None:
    unsent = and_(notices.c.id.in_(digest_ids), notices.c.state.in_(ENDED_UNSENT))
    ended = [row.id for row in tx.all(select(notices.c.id).where(unsent))]
    if not ended:
        return
    alone = {"state": "pending", "priority": BROADCAST, "digest_id": None, "lease_until": None}
    tx.run(update(notices).where(_in(ended), notices.c.state.in_(OPEN)).values(**alone))
    tx.run(update(notices).where(notices.c.id.in_(ended)).values(state="failed", reason=SEPARATED))


def again(tx: Tx, digest_id: int, now: datetime) -> None:
    """A channel took the digest and did not bring it; it is being sent once more. So are its broadcasts, but for those that are
    over."""
    for row in tx.all(
        select(notices.c.id, notices.c.broadcast_id).where(_in([digest_id]), notices.c.state != "failed")
    ):
        over = written.over(tx, row.broadcast_id)
        if over is None:
            written.reopen(tx, row.broadcast_id, now, first_round=True)
        else:
            tx.run(update(notices).where(notices.c.id == row.id).values(state="failed", reason=over, lease_until=None))
    follow(tx, [digest_id])


def told_with(tx: Tx, digest_id: int) -> Sequence[int]:
    """The broadcasts that were told in this digest."""
    query = select(notices.c.broadcast_id).where(_in([digest_id]), notices.c.state != "failed")
    return [row.broadcast_id for row in tx.all(query.order_by(notices.c.broadcast_id))]


def _in(digest_ids: Collection[int]) -> ColumnElement[bool]:
    return notices.c.digest_id.in_(digest_ids)
