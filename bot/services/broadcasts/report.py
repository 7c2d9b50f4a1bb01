"""What became of a broadcast: its state, its counts, and the report that its author and other systems see."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.broadcasts.audience import Audience
from bot.broadcasts.life import NOT_APPROVED, State
from bot.services.broadcasts.found import counting, found
from bot.store.broadcasts import audience, recipients
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx
from bot.store.persons import people


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of a broadcast's recipients, who are the sent, the waiting and the failed.

    `sent`: a channel took it, of any round, or the person answered; `delivered`: the platform said so, or the person answered,
    since who answers has read it. `acked` is a part of `delivered`, which is one of `sent`.
    `open`: a worker will send it; part of `waiting`. `unbound`: no account, and no other way has reached them; part of
    `waiting` and `failed`. Before it is approved nobody has tried.
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
    """A broadcast as its author and other systems see it. `approvers`: who approved the present version."""

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


def state_of(row: Broadcast, known: Figures, now: datetime) -> State:
    """The state that follows from the time and the counts."""
    state = State(row.state)
    if state == State.SCHEDULED and row.due_from is not None and row.due_from > now:
        return state
    if state in (State.SCHEDULED, State.SENDING):
        return State.SENDING if known.open else State.SENT
    return state


def figures(tx: Tx, row: Broadcast) -> Figures:
    """The counts of a broadcast; before it is approved, who would receive it, and nothing sent."""
    if row.state in NOT_APPROVED:
        return _expected(tx, row)
    counted = recipients.counts(tx, row)

    def number(fits: Callable[[str, bool, bool], bool]) -> int:
        return sum(count for key, count in counted.items() if fits(*key))

    return Figures(
        recipients=sum(counted.values()),
        sent=number(lambda state, acked, _: acked or state in recipients.TOLD),
        delivered=number(lambda state, acked, _: acked or state == "delivered"),
        waiting=number(lambda state, acked, _: not acked and state not in (*recipients.TOLD, "failed")),
        failed=number(lambda state, acked, _: not acked and state == "failed"),
        acked=number(lambda state, acked, _: acked),
        open=number(lambda state, acked, _: state in recipients.OUTSTANDING),
        unbound=number(
            lambda state, acked, bound: not (bound or acked or state in (*recipients.TOLD, *recipients.OUTSTANDING))
        ),
    )


def _expected(tx: Tx, row: Broadcast) -> Figures:
    number = audience.count(tx, Audience.of(row.audience), row.kind)
    return Figures(number, sent=0, delivered=0, waiting=number, failed=0, acked=0, open=0, unbound=0)


def report(tx: Tx, broadcast_id: int, now: datetime) -> Report:
    """The broadcast with its figures; before it is approved, `recipients` are those who would be. NotFound."""
    row = found(tx, broadcast_id)
    known = figures(tx, row)
    return Report(
        id=row.id, kind=row.kind, title=row.title, state=state_of(row, known, now),
        author=(people.by_id(tx, row.author_id).name or "") if row.author_id is not None else "",
        approvers=[one.name or "" for one in counting(tx, row)], counts=known,
    )  # fmt: skip
