"""What became of notices in hand: what a worker reports of each, and how that is written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Dialect, Integer, String, and_, bindparam, case, func, select, update

from bot.store.broadcasts import digests
from bot.store.connections import rowset
from bot.store.connections.among import among, bound
from bot.store.connections.rowset import Types
from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.sending import attempts
from bot.store.sending.attempts import MAY_BE_TOLD, Attempt
from bot.store.sending.notices import NOT_SENT
from bot.store.sending.withdrawals import NEVER_AGAIN
from bot.store.tables import Id, Instant, notices, persons


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a notice in hand."""

    notice_id: int
    person_id: int
    state: str  # pending, sent, waiting or failed
    taken: int  # channels that took it, of all attempts
    tries: int
    reason: str | None = None
    due_at: datetime | None = None  # when to try again; None: as it was
    attempts: Sequence[Attempt] = ()  # those made now
    person: Mapping[str, Any] | None = None  # columns of the person that turned out to be different
    spent: str | None = None  # "chat" or "click": messages of that window were used
    messages: int = 1  # how many
    need: int | None = None  # channels that must take it from now on: 2 where the words did not fit on a card
    refused_template: str | None = None
    is_digest: bool = False  # what became of it became of all that is in it

    @property
    def may_be_told(self) -> bool:
        """Whether the person may have it by an attempt made now."""
        return any(one.outcome in MAY_BE_TOLD for one in self.attempts)


_RECORDED: Types = {
    "b_id": Id, "b_state": String, "b_taken": Integer, "b_tries": Integer, "b_reason": String, "b_need": Integer,
    "b_due_at": Instant, "b_sent_at": Instant,
}  # fmt: skip


def _record(dialect: str) -> Any:
    said = rowset.values_of(dialect, _RECORDED)
    is_delivered = and_(said["b_state"] == "sent", notices.c.delivered_at.is_not(None))
    is_over = and_(said["b_state"].in_(NOT_SENT), notices.c.reason.in_(NEVER_AGAIN))
    return (
        update(notices)
        .where(notices.c.id == said["b_id"], notices.c.state == "sending")
        .values(
            state=case((is_delivered, "delivered"), (is_over, "failed"), else_=said["b_state"]), taken=said["b_taken"],
            tries=said["b_tries"], reason=case((is_over, notices.c.reason), else_=said["b_reason"]), lease_until=None, need=func.coalesce(said["b_need"], notices.c.need),
            due_at=func.coalesce(said["b_due_at"], notices.c.due_at),
            sent_at=func.coalesce(said["b_sent_at"], notices.c.sent_at),
        )
    )  # fmt: skip


_RECORD = Prepared(_record)
_SPEND = Prepared(
    lambda _: (
        update(persons)
        .where(
            persons.c.id == bindparam("b_id"), persons.c.chat_left >= bindparam("b_chat"),
            persons.c.click_left >= bindparam("b_click"),
        )
        .values(chat_left=persons.c.chat_left - bindparam("b_chat"), click_left=persons.c.click_left - bindparam("b_click"))
    )
)  # fmt: skip
OF_ID = Prepared(
    lambda dialect: select(notices.c.id, notices.c.created_at, notices.c.state).where(among(dialect, notices.c.id))
)


def record(tx: Tx, reports: Sequence[Report], now: datetime) -> None:
    """Write down what became of notices in hand, and of their persons. A notice that was deleted meanwhile has no attempts."""
    if not reports:
        return
    _record_persons(tx, sorted(reports, key=lambda report: report.person_id))
    rows = [
        {
            "b_id": one.notice_id, "b_state": one.state, "b_taken": one.taken, "b_tries": one.tries,
            "b_need": one.need, "b_reason": one.reason and one.reason[:200], "b_due_at": one.due_at, "b_sent_at": now if one.taken else None,
        }
        for one in reports
    ]  # fmt: skip
    changed = tx.change(_RECORD, rowset.bound(tx.dialect, rows))
    digests.follow(tx, [one.notice_id for one in reports if one.is_digest])
    if changed < len(reports):
        there = {row.id for row in tx.all(OF_ID, ids=bound(tx.dialect, [one.notice_id for one in reports]))}
        reports = [one for one in reports if one.notice_id in there]
    attempts.add(tx, ((one.notice_id, made) for one in reports for made in one.attempts))


def not_recorded(tx: Tx, noted: Sequence[tuple[datetime, Report]]) -> list[tuple[datetime, Report]]:
    """Of reports, each with the time when its notice was written, those of notices that are still in hand and of which no such
    attempt is written down."""
    ids = bound(tx.dialect, [report.notice_id for _, report in noted])
    written = {row.id: row.created_at for row in tx.all(OF_ID, ids=ids) if row.state == "sending"}
    found = [(at, one) for at, one in noted if written.get(one.notice_id) == at]
    made = attempts.of(tx, [one.notice_id for _, one in found]) if found else {}
    known = {(notice_id, one.at, one.channel) for notice_id, of_it in made.items() for one in of_it}
    return [
        (at, one)
        for at, one in found
        if not any((one.notice_id, try_.at, try_.channel) in known for try_ in one.attempts)
    ]


def _record_persons(tx: Tx, reports: Sequence[Report]) -> None:
    """Persons before their notices and in order, as a message has them; so two workers do not wait for each other."""
    spent = [
        {
            "b_id": one.person_id,
            "b_chat": one.messages if one.spent == "chat" else 0,
            "b_click": one.messages if one.spent == "click" else 0,
        }
        for one in reports
        if one.spent
    ]
    if spent:
        tx.write(_SPEND, spent)
    for one in reports:
        if one.person:
            people.change(tx, one.person_id, **one.person)
        if one.refused_template:
            known = people.by_id(tx, one.person_id).refused_templates or []
            people.change(tx, one.person_id, refused_templates=sorted({*known, one.refused_template}))


def prepare(dialect: Dialect) -> None:
    """Compile what records reports, before a lock is held."""
    for statement in (_RECORD, _SPEND, attempts.WRITE):
        statement.compiled(dialect)
