"""The chain of the audit: each row's hash covers the row and the hash before it, under a key that the database lacks.

A row that is changed, taken out, put in or moved breaks every hash after it. Rows cut off at the end are found with a
head (number and hash) that was noted elsewhere: `audit verify` and each backup print it.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, func, select, text, update

from bot.store.database import Tx
from bot.store.schema.records import audit
from bot.store.statements import Prepared

BATCH = 200  # rows chained in one transaction
PAGE = 1000  # rows read at a time
LOCK = 0x61756469  # of PostgreSQL, so that two clocks do not chain the same rows
START = "0" * 64
KEY = b"wutong: the chain of the audit"

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


@dataclass(frozen=True, slots=True)
class Checked:
    """What verifying found. `broken`: id of the first row that does not fit, and why; None where all fit."""

    head: Head
    unchained: int
    broken: tuple[int, str] | None = None


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


def verify(tx: Tx, noted: Head | None = None) -> Checked:
    """Check every link from the first on, and that the `noted` head is one of them."""
    unchained = int(tx.value(select(func.count()).select_from(audit).where(audit.c.number.is_(None))) or 0)
    last, key, is_known = Head(), _key(tx), noted is None or noted == Head()
    while page := _after(tx, last.number):
        for row in page:
            if row.number != last.number + 1:
                return Checked(last, unchained, (row.id, f"number {last.number + 1} is missing before it"))
            if row.hash != _hash(key, last, row):
                return Checked(last, unchained, (row.id, "its content or the row before it was changed"))
            last = Head(row.number, row.hash)
            is_known = is_known or last == noted
    if not is_known and noted is not None:
        return Checked(last, unchained, (0, f"the chain no longer holds the noted head {noted.number}"))
    return Checked(last, unchained)


def _after(tx: Tx, number: int) -> Sequence[Row[Any]]:
    return tx.all(select(audit).where(audit.c.number > number).order_by(audit.c.number).limit(PAGE))


def _hash(key: bytes, last: Head, row: Row[Any]) -> str:
    told = [last.number + 1, last.hash, row.id, row.at.isoformat(), row.act, row.source]
    told += [row.who_id, row.whose_id, row.order_id, row.detail]
    return hmac.new(key, json.dumps(told, ensure_ascii=True).encode(), hashlib.sha256).hexdigest()


def _key(tx: Tx) -> bytes:
    return hmac.new(tx.vault.index_key, KEY, hashlib.sha256).digest()
