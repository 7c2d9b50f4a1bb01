"""The clock chains what was recorded; the operator has the chain checked."""

import logging
from datetime import datetime
from typing import Protocol

from bot.services.audit import noted
from bot.store.database import Database
from bot.store.records import chain
from bot.store.records.chain import Checked, Head
from config.settings import Settings

log = logging.getLogger(__name__)

ROUNDS = 50  # batches at a time; the next look goes on
AT_ONCE = 50_000  # links that are verified within about a second


class Stores(Protocol):
    """What chaining needs of the office."""

    @property
    def db(self) -> Database: ...
    @property
    def settings(self) -> Settings: ...


def extend(office: Stores) -> int:
    """Chain what is not chained yet, and note the newest head outside the database; how many rows."""
    done = 0
    with office.db.reading() as tx:
        waits = chain.any_unchained(tx)
    for _ in range(ROUNDS if waits else 0):
        with office.db.transaction() as tx:
            number = chain.extend(tx)
        done += number
        if number < chain.BATCH:
            break
    known = noted.read(office)
    if done or known is None:
        _note(office, known)
    return done


def _note(office: Stores, known: Head | None) -> None:
    """A head that the chain no longer holds stays noted: it says that rows are missing."""
    with office.db.reading() as tx:
        head = chain.head(tx)
        if known is not None and not chain.holds(tx, known):
            log.error("the audit no longer holds its noted head %s: rows were changed or taken out", known.number)
            return
    if known is None or head.number > known.number:
        noted.write(office, head)


def renew(office: Stores) -> None:
    """Note the head of a database that was just restored, which is older than what was noted."""
    noted.write(office, newest(office))


def newest(office: Stores) -> Head:
    """The newest link."""
    with office.db.reading() as tx:
        return chain.head(tx)


def verify(office: Stores, head: Head | None = None, now: datetime | None = None) -> Checked:
    """As `chain.verify`, with the head that lies beside the database, and with `head`, which was noted elsewhere. How far the
    chain is whole is noted for `verify_soon`."""
    return _verified(office, head, now, Head())


def verify_soon(office: Stores, now: datetime, at_once: int = AT_ONCE) -> Checked:
    """As `verify`, while somebody waits: a chain of more than `at_once` links from where it was verified last. What was changed
    since in older rows is then found by `verify` alone, what was taken out of them by both."""
    with office.db.reading() as tx:
        is_long = chain.head(tx).number > at_once
    known = noted.read(office, noted.VERIFIED) if is_long else None
    return _verified(office, None, now, known or Head())


def _verified(office: Stores, head: Head | None, now: datetime | None, after: Head) -> Checked:
    heads = [one for one in (noted.read(office), head) if one is not None]
    with office.db.reading() as tx:
        found = chain.verify(tx, heads, now, after if chain.holds(tx, after) else Head())
    if found.broken is None:
        noted.write(office, found.head, noted.VERIFIED)
    return found
