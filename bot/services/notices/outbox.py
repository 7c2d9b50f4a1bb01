"""Notices on their way: claimed and recorded in one transaction, said in words, or handed over with a reply."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.broadcasts.life import CORRECTION
from bot.services.broadcasts.times import hours
from bot.services.notices import receipts, sms_receipts
from bot.services.notices.rules import rules
from bot.services.notices.words.digest import Told, told
from bot.services.notices.words.letter import Letter as Letter
from bot.services.notices.words.opening import ZONE as ZONE
from bot.services.notices.words.opening import Speaks, opened
from bot.store.broadcasts import digests
from bot.store.database import Database, Tx
from bot.store.rows import Person
from bot.store.sending import notice_queue, notice_reports, notices, withdrawals
from bot.store.sending.notice_queue import Claimed
from bot.store.sending.notice_reports import Report
from config.settings import Settings

NOTED_AT = 500  # reports of a killed worker that one statement looks at
LOOKED_AT = 100  # notices that one reply may sum up


class Stores(Protocol):
    """What finding out needs of the office."""

    @property
    def db(self) -> Database: ...
    @property
    def settings(self) -> Settings: ...


class Sends(Speaks, Stores, Protocol):
    """What sending notices needs of the office; `Office` has it, and the workers' own smaller one."""


class Nudges(Stores, Protocol):
    """An office that can wake its workers."""

    def nudge(self) -> None: ...


def waiting_since(now: datetime) -> datetime:
    """What is older no longer waits for its person."""
    return now - timedelta(days=rules()["waiting_days"])


def prepare(office: Stores) -> None:
    """What `exchange` needs and takes long to make; connects to nothing."""
    notice_queue.prepare(office.db.engine.dialect)
    notice_reports.prepare(office.db.engine.dialect)


def exchange(office: Sends, reports: Sequence[Report], limit: int, now: datetime) -> list[Letter]:
    """Record what was sent and claim up to `limit` more, in one transaction."""
    open_ = hours(office.settings).is_open(now)
    with office.db.transaction() as tx:
        notice_reports.record(tx, reports, now)
        lease = rules()["lease_seconds"]
        claimed = notice_queue.claim(tx, limit, now, lease, hours_open=open_) if limit > 0 else []
    return _opened(office, claimed)


def _opened(office: Sends, claimed: Sequence[Claimed]) -> list[Letter]:
    """Put into words; those of one broadcast and round say the same."""
    letters: list[Letter] = []
    known: dict[tuple[Any, ...], Letter] = {}
    for one in claimed:
        row = one.row
        key = (row.broadcast_id, row.round, row.event, row.created_at, row.facts_sealed)
        like = known.get(key)
        if like is not None:
            letter = replace(like, id=row.id, openid=row.openid, row=row, attempts=one.attempts, earlier=one.earlier)
        else:
            letter = opened(office, office.db, row, one.attempts, one.earlier, one.parts)
            if row.broadcast_id is not None and letter.broken is None:
                known[key] = letter
        letters.append(letter)
    return letters


def settle(office: Stores, noted: Sequence[tuple[datetime, Report]], now: datetime) -> int:
    """Record what a worker that was killed had noted: reports, each with the time when its notice was written. What is
    recorded already, and what is of a notice that is gone or in nobody's hands, changes nothing. How many were recorded."""
    left: list[tuple[datetime, Report]] = []
    for start in range(0, len(noted), NOTED_AT):  # read before the lock: nearly all of it is recorded
        with office.db.reading() as tx:
            left += notice_reports.not_recorded(tx, noted[start : start + NOTED_AT])
    if not left:
        return 0
    with office.db.transaction() as tx:
        left = notice_reports.not_recorded(tx, left)
        notice_reports.record(tx, [report for _, report in left], now)
    return len(left)


def match_receipts(office: Stores, now: datetime) -> None:
    """Receipts that came before the answer they belong to was recorded."""
    with office.db.reading() as tx:
        if not receipts.any_kept(tx):
            return
    with office.db.transaction() as tx:
        receipts.match(tx, now)
        sms_receipts.match(tx, now)


def due(office: Stores, now: datetime) -> bool:
    """Whether a worker would find something to send."""
    with office.db.reading() as tx:
        return notice_queue.due_exists(tx, now, hours_open=hours(office.settings).is_open(now))


def reply_with_waiting(office: Speaks, tx: Tx, person: Person, room_bytes: int, now: datetime) -> Told:
    """The last channel: what waits for the person, as text to append to a reply; at most `room_bytes` of UTF-8."""
    since = waiting_since(now)
    rows = notices.waiting_for(tx, person.id, now, since, LOOKED_AT)
    parts = digests.parts(tx, [row.id for row in rows if row.event == digests.EVENT])
    letters = [opened(office, tx, row, parts=parts.get(row.id, ())) for row in rows]
    read = [letter for letter in letters if letter.broken is None and not letter.is_held]
    over = [letter.id for letter in read if letter.is_withdrawn or letter.is_settled(now)] + _repeated(read)
    withdrawals.fail(tx, over, "withdrawn")
    letters = [letter for letter in read if letter.id not in over]
    if not letters:
        return Told()
    count = len(letters) if len(rows) < LOOKED_AT else notices.count_waiting(tx, person.id, now, since)
    found = told(office, letters, count, room_bytes)
    if not found.ids:
        return Told()
    tx.summary.restricted |= found.restricted
    notices.mark_delivered_in_reply(tx, found.ids, now)
    digests.follow(tx, [one for one in found.ids if one in parts])
    return found


def _repeated(letters: Sequence[Letter]) -> list[int]:
    """Of several rounds of one broadcast the first is told."""
    first: dict[int, int] = {}
    rounds = [one for one in letters if one.row.broadcast_id is not None and one.row.round < CORRECTION]
    return [one.id for one in rounds if first.setdefault(one.row.broadcast_id, one.id) != one.id]


def sweep(office: Nudges, now: datetime) -> int:
    """Give up what waited too long, and wake the workers where something is due; how many were given up."""
    with office.db.transaction() as tx:
        receipts.match(tx, now)
        sms_receipts.match(tx, now)
        receipts.purge(tx, now)
        given_up = withdrawals.give_up_waiting(tx, waiting_since(now))
        is_due = notice_queue.due_exists(tx, now, hours_open=hours(office.settings).is_open(now))
    if is_due:
        office.nudge()
    return given_up
