"""Notices on their way to a worker: which are due, and who has them in hand.

`now` decides what is due. The leases of all workers go by one clock: the database's where workers may stand on several
machines (PostgreSQL), else `now`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Dialect,
    Integer,
    Interval,
    Row,
    and_,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
    union_all,
    update,
)

from bot.broadcasts.life import FIRST
from bot.store.broadcasts import digests, going_out
from bot.store.broadcasts.audience import BRANCH
from bot.store.broadcasts.going_out import NOT_HELD
from bot.store.connections.among import among, bound
from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.sending import attempts
from bot.store.sending.attempts import Attempt
from bot.store.sending.notices import AT_ONCE, BROADCAST, COLLECTED, DIGEST, JOINED, SEEN
from bot.store.tables import Id, Instant, broadcasts, notices, orders, persons

IN_HAND = (
    *SEEN, persons.c.phone_sealed, persons.c.phone_index, persons.c.mass_month, persons.c.mass_count, orders.c.contact_sealed,
    orders.c.person_id.label("order_person_id"), BRANCH.label("branch"), broadcasts.c.audience.label("broadcast_audience"),
)  # fmt: skip
"""A notice as a worker needs it: besides what a reply tells, to which number it may go, and of which branch its person is."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A notice in hand: its row with what a channel needs of its person, and what was tried before. `earlier`: channels that
    took earlier rounds of its broadcast. `parts`: what goes in it, if it is a digest."""

    row: Row[Any]
    attempts: Sequence[Attempt]
    earlier: frozenset[str] = frozenset()
    parts: Sequence[Row[Any]] = ()


IN_ORDER = tuple(one for one in AT_ONCE if one > min(AT_ONCE))
"""Priorities of which one person's notices go one after the other, whoever sends them."""
_OPEN = bindparam("open", type_=Integer) == 1
"""Within the hours of broadcasts."""


def _lease_clock(dialect: str) -> Any:
    return cast(func.clock_timestamp(), Instant) if dialect == "postgresql" else bindparam("now", type_=Instant)


def lease_ends(dialect: str) -> Any:
    """When a lease that begins now is over. Parameters: lease, and where workers stand on one machine lease_ends."""
    if dialect == "postgresql":
        return _lease_clock(dialect) + bindparam("lease", type_=Interval)
    return bindparam("lease_ends", type_=Instant)


def _lost(dialect: str) -> ColumnElement[bool]:
    """Whoever took it has not been heard of since. Of broadcasts and digests only what may go out now."""
    held = exists().where(broadcasts.c.id == notices.c.broadcast_id, NOT_HELD, _OPEN, notices.c.priority != COLLECTED)
    late = and_(notices.c.state == "sending", notices.c.lease_until < _lease_clock(dialect))
    of_none = and_(notices.c.broadcast_id.is_(None), or_(notices.c.priority != DIGEST, _OPEN))
    return and_(late, or_(of_none, held))


def _due(dialect: str) -> CompoundSelect[Any]:
    """(id, priority) of up to `limit` notices that are due, by an index for each priority, digests within the hours; of the
    broadcasts that go out, by another index, which has no other rows; and of those whose taker has not been heard of since."""
    state, now = notices.c.state, bindparam("now", type_=Instant)
    is_due = and_(state == "pending", notices.c.due_at <= now)
    conditions = [and_(is_due, notices.c.priority == one) for one in AT_ONCE]
    conditions.append(and_(is_due, notices.c.priority == DIGEST, _OPEN))
    conditions += [
        and_(is_due, notices.c.broadcast_id == bindparam(f"going{n}", type_=Id), notices.c.priority == BROADCAST,
             notices.c.round >= bindparam(f"from{n}", type_=Integer))
        for n in range(going_out.MOST)
    ]  # fmt: skip
    conditions.append(_lost(dialect))
    found = (
        select(notices.c.id, notices.c.priority).where(condition).order_by(notices.c.due_at, notices.c.id)
        .limit(bindparam("most")).with_for_update(skip_locked=True).subquery()
        for condition in conditions
    )  # fmt: skip
    return union_all(*(select(one) for one in found))


def _waits(dialect: str, mine: Any) -> ColumnElement[bool]:
    """Whether an earlier notice as urgent to the same person is in other hands: being sent, or being claimed by another worker,
    which this statement does not see yet. Such a one is not claimed: two workers would send in any order. Danger waits for
    nothing. Whoever is due before comes before in `mine`, so that what nobody claims holds up nothing."""
    before = notices.alias("before")
    sending = and_(before.c.state == "sending", before.c.lease_until >= _lease_clock(dialect))
    claimed = and_(before.c.state == "pending", before.c.due_at <= notices.c.due_at)
    return and_(
        notices.c.priority.in_(IN_ORDER),
        exists().where(
            before.c.person_id == notices.c.person_id, before.c.state.in_(("sending", "pending")), before.c.id < notices.c.id,
            before.c.priority == notices.c.priority, or_(sending, claimed), before.c.id.not_in(select(mine.c.id)),
        ),
    )  # fmt: skip


def _claim(dialect: str) -> Any:
    due = _due(dialect).subquery("found")
    first = select(due.c.id).order_by(due.c.priority, due.c.id).limit(bindparam("most")).cte("first")
    taken = update(notices).where(notices.c.id.in_(select(first.c.id)), ~_waits(dialect, first))
    taken = taken.values(state="sending", lease_until=lease_ends(dialect))
    return taken.returning(notices.c.id)


def _is_due(dialect: str) -> Any:
    waits = and_(notices.c.state == "pending", notices.c.due_at <= bindparam("now", type_=Instant))
    at_once, digest = notices.c.priority.in_(AT_ONCE), and_(notices.c.priority == DIGEST, _OPEN)
    return select(or_(*(exists().where(one) for one in (and_(waits, at_once), and_(waits, digest), _lost(dialect)))))


CLAIM = Prepared(_claim)
_ANY_IN_HAND = Prepared(lambda _: select(exists().where(notices.c.state == "sending")))
IS_DUE = Prepared(_is_due)
_IN_HAND = Prepared(
    lambda dialect: (
        select(*IN_HAND)
        .select_from(JOINED)
        .where(among(dialect, notices.c.id))
        .order_by(notices.c.priority, notices.c.id)
    )
)


def claim(tx: Tx, limit: int, now: datetime, lease_seconds: float, *, hours_open: bool = True) -> list[Claimed]:
    """Take up to `limit` due notices for `lease_seconds`, the most urgent first; of broadcasts only while `hours_open`."""
    lease, going = timedelta(seconds=lease_seconds), going_out.going(tx, now) if hours_open else ()
    slots = [*((one.id, one.from_round) for one in going), *[(None, 0)] * going_out.MOST][: going_out.MOST]
    values = {f"going{n}": broadcast_id for n, (broadcast_id, _) in enumerate(slots)}
    values |= {f"from{n}": first for n, (_, first) in enumerate(slots)} | {"open": int(hours_open), "most": limit}
    taken = [row.id for row in tx.all(CLAIM, now=now, lease=lease, lease_ends=now + lease, **values)]
    if not taken:
        return []
    tried = attempts.of(tx, taken)
    rows = list(_in_turn(tx.all(_IN_HAND, ids=bound(tx.dialect, taken))))
    again = [row.id for row in rows if row.round > FIRST]
    earlier = attempts.of_earlier_rounds(tx, again) if again else {}
    of_a_day = [row.id for row in rows if row.event == digests.EVENT]
    parts = digests.take(tx, of_a_day) if of_a_day else {}
    return [
        Claimed(row, tried.get(row.id, []), frozenset(earlier.get(row.id, ())), parts.get(row.id, ())) for row in rows
    ]


def any_in_hand(tx: Tx) -> bool:
    """Whether a worker is sending anything."""
    return bool(tx.value(_ANY_IN_HAND))


def in_hand(tx: Tx, notice_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """These notices as a worker has them."""
    return tx.all(_IN_HAND, ids=bound(tx.dialect, notice_ids)) if notice_ids else []


def _in_turn(rows: Sequence[Row[Any]]) -> Iterator[Row[Any]]:
    """Of several notices for one person each sees what the window has left once those before it, which are more urgent,
    have taken a message each."""
    before = Counter[int]()
    for row in rows:
        left = max(0, row.chat_left - before[row.person_id])
        before[row.person_id] += 1
        yield row if left == row.chat_left else row._replace(chat_left=left)


def due_exists(tx: Tx, now: datetime, *, hours_open: bool = True) -> bool:
    """Whether a worker would find something; of broadcasts only while `hours_open`."""
    return bool(tx.value(IS_DUE, now=now, open=int(hours_open))) or (hours_open and bool(going_out.going(tx, now)))


def prepare(dialect: Dialect) -> None:
    """Compile what takes notices; else the first worker to do so would hold the lock of all writers meanwhile."""
    for statement in (going_out.GOING, CLAIM, attempts.OF, _IN_HAND):
        statement.compiled(dialect)
