"""The chain of the audit: each row's hash covers the row and the hash before it, under a key that the database lacks.

A row that is changed, taken out, put in or moved breaks every hash after it. Rows cut off at the end are found with a
head (number and hash) that was noted elsewhere: beside the database, in each backup, and where `audit verify` printed it.
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, select, text, update

from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.schema.records import audit

BATCH = 200  # rows chained in one transaction
PAGE = 1000  # rows read at a time
LOCK = 0x61756469  # of PostgreSQL, so that two clocks do not chain the same rows
START = "0" * 64
KEY = b"wutong: the chain of the audit"
LONGEST_WAIT = timedelta(minutes=10)  # of a row for its link, and between rows of one time

_UNCHAINED = select(audit).where(audit.c.number.is_(None)).order_by(audit.c.id).limit(BATCH)
_LINK = Prepared(
    lambda _: (
        update(audit)
        .where(audit.c.id == bindparam("of_id"))
        .values(number=bindparam("new_number"), hash=bindparam("new_hash"))
    )
)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link: its number, 0 before the first, and its hash."""

    number: int = 0
    hash: str = START

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


START_OF_ALL = Head()


@dataclass(frozen=True, slots=True)
class Checked:
    """What verifying found. `broken`: id of the first row that does not fit, and why; None where all fit. `after`: the number
    of the link after which it began."""

    head: Head
    unchained: int
    broken: tuple[int, str] | None = None
    after: int = 0


def any_unchained(tx: Tx) -> bool:
    """Whether a row waits for its link."""
    return tx.first(select(audit.c.id).where(audit.c.number.is_(None)).limit(1)) is not None


def extend(tx: Tx) -> int:
    """Chain up to BATCH rows; how many. 0 also where another process is just doing it."""
    if tx.dialect == "postgresql" and not tx.value(text(f"SELECT pg_try_advisory_xact_lock({LOCK})")):
        return 0
    rows = tx.all(_UNCHAINED)
    last, links, key = head(tx), [], _key(tx)
    for row in rows:
        last = Head(last.number + 1, _hash(key, last, row))
        links.append({"of_id": row.id, "new_number": last.number, "new_hash": last.hash})
    if links:
        tx.change(_LINK, links)
    return len(links)


def head(tx: Tx) -> Head:
    """The newest link."""
    query = select(audit.c.number, audit.c.hash).where(audit.c.number.is_not(None))
    row = tx.first(query.order_by(audit.c.number.desc()).limit(1))
    return Head(row.number, row.hash) if row is not None else Head()


def holds(tx: Tx, noted: Head) -> bool:
    """Whether this head, once noted, is a link of the chain."""
    if noted == Head():
        return True
    return bool(tx.value(select(audit.c.hash).where(audit.c.number == noted.number)) == noted.hash)


def verify(
    tx: Tx, noted: Collection[Head] = (), now: datetime | None = None, after: Head = START_OF_ALL
) -> Checked:  # fmt: skip
    """Check every link from the first on, that each `noted` head is one of them, and that no row was put in or taken
    out of the chain. `now`: then a row must not wait for its link longer than LONGEST_WAIT. `after`: a link of the chain up to
    which it was verified before; the rows up to there must be as many as its number, and are not read."""
    unchained = int(tx.value(select(func.count()).select_from(audit).where(audit.c.number.is_(None))) or 0)

    def checked(last: Head, broken: tuple[int, str] | None = None) -> Checked:
        return Checked(last, unchained, broken, after.number)

    last, key, before, highest = after, _key(tx), *_reached(tx, after)
    if tx.value(select(func.count()).select_from(audit).where(audit.c.number <= after.number)) != after.number:
        return checked(Head(), (0, f"rows up to number {after.number} are missing"))
    while page := _after(tx, last.number):
        for row in page:
            broken = _misfit(tx, key, last, before, highest, row)
            if broken is not None:
                return checked(last, (row.id, broken))
            last, before, highest = Head(row.number, row.hash), row, max(highest, row.id)
    lost = next((head for head in noted if not holds(tx, head)), None)
    if lost is not None:
        return checked(last, (0, f"the chain no longer holds the noted head {lost.number}"))
    for row in tx.all(select(audit).where(audit.c.number.is_(None)).order_by(audit.c.id)):
        why = _misplaced(tx, before, highest, row)
        if why is None and now is not None and row.at < now - LONGEST_WAIT:
            why = f"it has waited for its link since {row.at.isoformat()}: taken out of the chain, or the clock stands still"
        if why is not None:
            return checked(last, (row.id, why))
    return checked(last)


def _reached(tx: Tx, after: Head) -> tuple[Row[Any] | None, int]:
    """The row of this link, and the highest id up to it; None and 0 before the first."""
    if after.number == 0:
        return None, 0
    highest = tx.value(select(audit.c.id).where(audit.c.number <= after.number).order_by(audit.c.id.desc()).limit(1))
    return tx.first(select(audit).where(audit.c.number == after.number)), int(highest or 0)


def _misfit(tx: Tx, key: bytes, last: Head, before: Row[Any] | None, highest: int, row: Row[Any]) -> str | None:
    """Why this row cannot follow that link; None where it can."""
    if row.number != last.number + 1:
        return f"number {last.number + 1} is missing before it"
    if row.hash != _hash(key, last, row):
        return "its content or the row before it was changed"
    return _misplaced(tx, before, highest, row)


def _misplaced(tx: Tx, before: Row[Any] | None, highest: int, row: Row[Any]) -> str | None:
    """Why a row of this id cannot come after the `highest` id; None where it can.

    SQLite numbers rows without a gap, since one writes at a time. PostgreSQL leaves gaps, and a row may be chained before
    one of a lower id whose transaction took longer: then both were written at about the same time.
    """
    if row.id < 1:
        return "its id is no id of the audit's"
    if tx.dialect == "sqlite":
        fits = row.id > highest if row.number is None else row.id == highest + 1
        return None if fits else "rows before it are missing"
    if row.id > highest or before is None:
        return None
    above = tx.first(
        select(audit.c.at).where(audit.c.id > row.id, audit.c.number.is_not(None)).order_by(audit.c.id).limit(1)
    )
    near = above is None or abs(above.at - row.at) <= LONGEST_WAIT
    return None if near and abs(before.at - row.at) <= LONGEST_WAIT else "it was put in among rows of another time"


def _after(tx: Tx, number: int) -> Sequence[Row[Any]]:
    return tx.all(select(audit).where(audit.c.number > number).order_by(audit.c.number).limit(PAGE))


def _hash(key: bytes, last: Head, row: Row[Any]) -> str:
    told = [last.number + 1, last.hash, row.id, row.at.isoformat(), row.act, row.source]
    told += [row.who_id, row.whose_id, row.order_id, row.detail]
    return hmac.new(key, json.dumps(told, ensure_ascii=True).encode(), hashlib.sha256).hexdigest()


def _key(tx: Tx) -> bytes:
    return hmac.new(tx.vault.index_key, KEY, hashlib.sha256).digest()
