"""What became of a broadcast: its state, its counts, and the report that its author and other systems see."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.errors import NotFound
from bot.store import broadcasts, people
from bot.store.database import Tx
from bot.store.rows import Broadcast


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of a broadcast's recipients, who are the sent, the waiting and the failed.

    `sent`: a channel took it, or the person answered; `delivered`: the platform said so, or the person answered, since who
    answers has read it. `acked` is a part of `delivered`, which is one of `sent`.
    `open`: a worker will send it; part of `waiting`. `unbound`: no account, so nothing reaches them; part of `waiting`
    and `failed`.
    """

    recipients: int
    sent: int
    delivered: int
    waiting: int
    failed: int
    acked: int
    open: int
    unbound: int


@dataclass(frozen=True, slots=True)
class Report:
    """A broadcast as its author and other systems see it."""

    id: int
    kind: str
    title: str
    state: str
    author: str
    approvers: list[str]
    counts: Figures

    def as_json(self) -> dict[str, Any]:
        report = asdict(self)
        del report["counts"]["open"], report["counts"]["unbound"]
        return report


def found(tx: Tx, broadcast_id: int, *, lock: bool = False) -> Broadcast:
    """The broadcast of this number. NotFound where there is none."""
    row = broadcasts.by_id(tx, broadcast_id, lock=lock)
    if row is None:
        raise NotFound("broadcast.no_such", number=broadcast_id)
    return row


def state_of(row: Broadcast, known: Figures, now: datetime) -> str:
    """The state that follows from the time and the counts."""
    if row.state == "scheduled" and row.send_at is not None and row.send_at > now:
        return "scheduled"
    if row.state in ("scheduled", "sending"):
        return "sending" if known.open else "sent"
    return str(row.state)


def figures(tx: Tx, broadcast_id: int) -> Figures:
    """The counts of a broadcast; before it is approved, all are 0."""
    counted = broadcasts.counts(tx, broadcast_id)

    def number(fits: Callable[[str, bool, bool], bool]) -> int:
        return sum(count for key, count in counted.items() if fits(*key))

    return Figures(
        recipients=sum(counted.values()),
        sent=number(lambda state, acked, _: acked or state in broadcasts.TOLD),
        delivered=number(lambda state, acked, _: acked or state == "delivered"),
        waiting=number(lambda state, acked, _: not acked and state not in (*broadcasts.TOLD, "failed")),
        failed=number(lambda state, acked, _: not acked and state == "failed"),
        acked=number(lambda state, acked, _: acked),
        open=number(lambda state, acked, _: state in broadcasts.OUTSTANDING),
        unbound=number(lambda state, acked, bound: not (bound or acked or state in broadcasts.TOLD)),
    )


def _expected(tx: Tx, audience: Mapping[str, Sequence[str]]) -> Figures:
    """The counts of a broadcast that is not approved: who would receive it, and nothing sent."""
    number, unbound = broadcasts.count_audience(tx, audience), broadcasts.count_audience(tx, audience, unbound=True)
    return Figures(number, sent=0, delivered=0, waiting=number, failed=0, acked=0, open=0, unbound=unbound)


def report(tx: Tx, broadcast_id: int, now: datetime) -> Report:
    """The broadcast with its figures; before it is approved, `recipients` are those who would be."""
    row = found(tx, broadcast_id)
    known = figures(tx, broadcast_id)
    if row.state in ("review", "rejected"):
        known = _expected(tx, row.audience)
    return Report(
        id=row.id, kind=row.kind, title=row.title, state=state_of(row, known, now),
        author=people.by_id(tx, row.author_id).name or "",
        approvers=_approver(tx, row), counts=known,
    )  # fmt: skip


def _approver(tx: Tx, row: Broadcast) -> list[str]:
    """The name of whoever approved it; empty where nobody has."""
    if row.approver_id is None or row.state == "rejected":
        return []
    return [people.by_id(tx, row.approver_id).name or ""]
