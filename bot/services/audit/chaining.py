"""The clock chains what was recorded; the operator has the chain checked."""

from datetime import datetime
from typing import Protocol

from bot.store.database import Database
from bot.store.records import chain
from bot.store.records.chain import Checked, Head

ROUNDS = 50  # batches at a time; the next look goes on


class Stores(Protocol):
    """What chaining needs of the office."""

    @property
    def db(self) -> Database: ...


def extend(office: Stores, now: datetime) -> int:
    """Chain what is not chained yet; how many rows. Only reads where there is none."""
    with office.db.reading() as tx:
        if not chain.any_unchained(tx):
            return 0
    done = 0
    for _ in range(ROUNDS):
        with office.db.transaction() as tx:
            number = chain.extend(tx)
        done += number
        if number < chain.BATCH:
            break
    return done


def newest(office: Stores) -> Head:
    """The newest link."""
    with office.db.reading() as tx:
        return chain.head(tx)


def verify(office: Stores, noted: Head | None = None) -> Checked:
    """As `chain.verify`; what was recorded a moment ago is chained before."""
    with office.db.reading() as tx:
        return chain.verify(tx, noted)
