"""What the evidence of a broadcast holds: what was said, who decided, and what became of each recipient."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.broadcasts import written
from bot.broadcasts.life import CORRECTION
from bot.services.broadcasts import report
from bot.services.broadcasts.found import author_of
from bot.services.broadcasts.report import Figures
from bot.store.broadcasts import approvals, evidence, recipients
from bot.store.broadcasts.rows import Broadcast
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.sending import attempts, mass_sends
from bot.store.sending.attempts import TOOK, Attempt
from bot.store.sending.shared_sends import SENT


@dataclass(frozen=True, slots=True)
class Decision:
    """What an approver said of one version."""

    name: str | None
    decision: str
    version: int
    digest: str
    note: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One round for one recipient. `channel`: the one that took it; empty where none did. `reason`: why it failed, or waits."""

    round: int
    state: str
    channel: str
    sent_at: datetime | None
    delivered_at: datetime | None
    reason: str | None
    in_digest: bool = False  # it went in the person's one message a day

    @property
    def reached(self) -> bool:
        return self.state in recipients.TOLD


@dataclass(frozen=True, slots=True)
class Hand:
    """Who recorded something by hand. `name` None: that person's data were deleted."""

    person_id: int
    name: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One recipient. `name` None: the person's data were deleted. `later`: reminders, and the correction."""

    person_id: int
    name: str | None
    first: Told
    later: Sequence[Told]
    acked_at: datetime | None
    coming: bool | None
    signed_in_at: datetime | None
    offline_at: datetime | None
    offline_how: str | None
    offline_by: Hand | None
    signed_in_by: Hand | None

    @property
    def channel(self) -> str:
        """The channel by which the person first got it, of any round; empty where none brought it."""
        rounds = [self.first, *self.reminders]
        return next((one.channel for one in rounds if one.reached and one.channel), "")

    @property
    def reminders(self) -> Sequence[Told]:
        return [one for one in self.later if one.round < CORRECTION]


@dataclass(frozen=True, slots=True)
class Sums:
    """How many people each channel brought it to first; how many each round went to; how many were told by hand."""

    channels: Mapping[str, int]
    rounds: Mapping[int, int]
    offline: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """All but the recipients, who are read from `lines`."""

    row: Broadcast
    author: str | None
    decisions: Sequence[Decision]
    counts: Figures
    sums: Sums
    mass: Mapping[
        str, int
    ]  # of mass sends: people, and how many the platform says got it and did not; empty: there was none

    @property
    def is_unchanged(self) -> bool:
        """Whether what is stored is what the digest was made of when it was approved."""
        row = self.row
        return written.digest(row.kind, row.title, row.body, row.details) == row.digest


def collect(tx: Tx, row: Broadcast) -> Evidence:
    """Of a broadcast that was approved."""
    return Evidence(
        row,
        people.by_id(tx, author_of(row)).name,
        [
            Decision(one.name, one.decision, one.version, one.digest, one.note, one.at)
            for one in approvals.history(tx, row.id)
        ],
        report.figures(tx, row),
        _sums(lines(tx, row.id)),
        _mass(tx, row.id),
    )


def _mass(tx: Tx, broadcast_id: int) -> Mapping[str, int]:
    """What the platform has not said of a send is in neither of its numbers."""
    sends = [one for one in mass_sends.of_broadcast(tx, broadcast_id) if one.state == SENT]
    if not sends:
        return {}
    return {name: sum(getattr(one, name) or 0 for one in sends) for name in ("people", "arrived", "failed")}


def _sums(found: Iterable[Line]) -> Sums:
    channels, rounds, offline = Counter[str](), Counter[int](), 0
    for line in found:
        channels[line.channel] += 1
        rounds.update(one.round for one in line.later)
        offline += line.offline_at is not None
    del channels[""]
    return Sums(channels, rounds, offline)


def lines(tx: Tx, broadcast_id: int) -> Iterator[Line]:
    """The recipients in the order of the roster, read page by page."""
    page = evidence.page(tx, broadcast_id, 0)
    while page:
        more = evidence.later(tx, broadcast_id, page[0].person_id, page[-1].person_id)
        tried = attempts.of(tx, [_sent_as(one) for one in (*page, *more)])
        later: dict[int, list[Told]] = {}
        for one in more:
            later.setdefault(one.person_id, []).append(_told(one, tried.get(_sent_as(one), ())))
        for one in page:
            yield Line(
                one.person_id, one.name, _told(one, tried.get(_sent_as(one), ())), later.get(one.person_id, ()), one.acked_at,
                one.coming, one.signed_in_at, one.told_offline_at, one.told_offline_how,
                _hand(one.told_offline_by_id, one.told_offline_by), _hand(one.signed_in_by_id, one.signed_in_by),
            )  # fmt: skip
        page = evidence.page(tx, broadcast_id, page[-1].person_id)


def _sent_as(row: Any) -> int:
    """The notice that a channel had: its own, or the digest in which it went."""
    return int(row.digest_id or row.id)


def _hand(person_id: int | None, name: str | None) -> Hand | None:
    return Hand(person_id, name) if person_id is not None else None


def _told(row: Any, tried: Sequence[Attempt]) -> Told:
    took = [one.channel for one in tried if one.outcome in TOOK]
    return Told(
        row.round,
        row.state,
        took[-1] if took else "",
        row.sent_at,
        row.delivered_at,
        row.reason,
        row.digest_id is not None,
    )
