"""A row for each attempt to tell somebody something: when, by which channel, and what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, Row, String, and_, bindparam, func, insert, or_, select, update

from bot.store.connections import rowset
from bot.store.connections.among import among, bound
from bot.store.connections.rowset import Types
from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.schema.sending import attempts
from bot.store.tables import Id, Instant, notices

REPLY = "reply"  # the channel that always works: the next reply to whatever the person says


class Outcome(StrEnum):
    """What came of one attempt."""

    TAKEN = "taken"  # the platform took it; a receipt may follow
    DELIVERED = "delivered"  # the receipt says that the person has it, or it went out with a reply
    FAILED = "failed"  # the receipt says that the platform could not bring it
    BLOCKED = "blocked"  # the receipt says that the person refuses the account's messages
    UNKNOWN = "unknown"  # sent, but no answer came: the platform may have it
    ASKED = "asked"  # the provider was asked about it, and does not know it so far, or could not be asked
    JOINED = "joined"  # it waits for the others with whom it is sent in one call
    ASSUMED = "assumed"  # again no answer: it counts as taken, since a third copy would be worse
    LATER = "later"  # not now; the same channel may work later
    REFUSED = "refused"  # this channel does not carry this notice
    GONE = "gone"  # the person cannot be reached on the platform
    MISCONFIGURED = "misconfigured"  # nothing goes out until somebody mends the configuration
    BROKEN = "broken"  # the notice cannot be read or worded, or the program failed


TOOK = (Outcome.TAKEN, Outcome.DELIVERED, Outcome.ASSUMED)
OPEN = (Outcome.TAKEN, Outcome.ASSUMED)  # a receipt may still come
MAY_BE_TOLD = (*TOOK, Outcome.UNKNOWN)  # the person may have it


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt. `channel` is empty where none was reached."""

    at: datetime
    channel: str
    outcome: Outcome
    code: int | None = None  # the platform's error code
    message_id: str | None = None  # the platform's, for its receipt
    detail: str | None = None  # the platform's words, for people to read


_WRITTEN: Types = {
    "notice_id": Id, "at": Instant, "channel": String, "outcome": String, "code": Integer, "message_id": String,
    "detail": String,
}  # fmt: skip


def _write(dialect: str) -> Any:
    made = rowset.values_of(dialect, _WRITTEN)
    return insert(attempts).from_select(list(made), select(*made.values()), include_defaults=False)


WRITE = Prepared(_write)
OF = Prepared(lambda dialect: select(attempts).where(among(dialect, attempts.c.notice_id)).order_by(attempts.c.id))
BY_MESSAGE_ID = Prepared(
    lambda _: select(attempts).where(attempts.c.message_id == bindparam("sent_as")).order_by(attempts.c.id).limit(1)
)
_SETTLE = Prepared(
    lambda _: (
        update(attempts)
        .where(attempts.c.id == bindparam("of_id"), attempts.c.outcome.in_(OPEN))
        .values(outcome=bindparam("said"), detail=func.coalesce(bindparam("why"), attempts.c.detail))
    )
)


def add(tx: Tx, made: Iterable[tuple[int, Attempt]]) -> None:
    """Write down attempts, each with the id of its notice."""
    rows = [
        {
            "notice_id": notice_id, "at": one.at, "channel": one.channel, "outcome": one.outcome.value, "code": one.code,
            "message_id": one.message_id and one.message_id[:40], "detail": one.detail and one.detail[:200],
        }
        for notice_id, one in made
    ]  # fmt: skip
    if rows:
        tx.write(WRITE, rowset.bound(tx.dialect, rows))


def of(tx: Tx, notice_ids: Sequence[int]) -> dict[int, list[Attempt]]:
    """The attempts of these notices, the oldest first; a notice without any is not in it."""
    found: dict[int, list[Attempt]] = {}
    for row in tx.all(OF, ids=bound(tx.dialect, notice_ids)):
        made = Attempt(row.at, row.channel, Outcome(row.outcome), row.code, row.message_id, row.detail)
        found.setdefault(row.notice_id, []).append(made)
    return found


def _earlier(dialect: str) -> Any:
    before = notices.alias("before")
    same = and_(
        before.c.broadcast_id == notices.c.broadcast_id, before.c.person_id == notices.c.person_id,
        before.c.round < notices.c.round,
    )  # fmt: skip
    took = and_(attempts.c.notice_id == before.c.id, attempts.c.outcome.in_(TOOK))
    query = select(notices.c.id, attempts.c.channel).select_from(notices.join(before, same).join(attempts, took))
    return query.where(among(dialect, notices.c.id))


EARLIER = Prepared(_earlier)


def of_earlier_rounds(tx: Tx, notice_ids: Sequence[int]) -> dict[int, set[str]]:
    """The channels that took earlier rounds of the same broadcast for the same person."""
    found: dict[int, set[str]] = {}
    for row in tx.all(EARLIER, ids=bound(tx.dialect, notice_ids)):
        found.setdefault(row.id, set()).add(row.channel)
    return found


def by_message_id(tx: Tx, message_id: str) -> Row[Any] | None:
    """The attempt that the platform knows by this id."""
    return tx.first(BY_MESSAGE_ID, sent_as=message_id)


def open_of(tx: Tx, channel: str, times: Sequence[tuple[datetime, datetime]], most: int) -> Sequence[Row[Any]]:
    """Attempts of this channel from within these times of which no receipt has come, the oldest first."""
    within = or_(*(and_(attempts.c.at > since, attempts.c.at <= until) for since, until in times))
    query = select(attempts).where(within, attempts.c.channel == channel, attempts.c.outcome.in_(OPEN))
    return tx.all(query.order_by(attempts.c.at, attempts.c.id).limit(most))


def open_subscription(tx: Tx, person_id: int, since: datetime, until: datetime) -> Row[Any] | None:
    """The person's oldest subscription message of this time for which no receipt has come."""
    query = (
        select(attempts)
        .join(notices, notices.c.id == attempts.c.notice_id)
        .where(
            notices.c.person_id == person_id, notices.c.state.in_(("sent", "pending")),
            notices.c.delivered_at.is_(None), attempts.c.channel == "subscription", attempts.c.outcome.in_(OPEN),
            attempts.c.at > since, attempts.c.at <= until,
        )
    )  # fmt: skip
    return tx.first(query.order_by(attempts.c.at, attempts.c.id).limit(1))


def settle(tx: Tx, attempt_id: int, outcome: Outcome, detail: str | None = None) -> bool:
    """Write down what a receipt says; False where another receipt was first."""
    return tx.change(_SETTLE, {"of_id": attempt_id, "said": outcome.value, "why": detail and detail[:200]}) == 1
