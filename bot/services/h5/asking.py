"""What a worker does about sign-ins: it takes those that wait, and writes down what the platform said."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.store.database import Database
from bot.store.persons import h5 as store
from bot.store.persons import people

FRESH = timedelta(minutes=5)  # a state of ours and a code of the platform


class HasDatabase(Protocol):
    """What a worker has."""

    @property
    def db(self) -> Database: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A sign-in that a worker is to ask the platform about."""

    number: int
    code: str


def take(office: HasDatabase, now: datetime) -> list[Asked]:
    """What waits for a worker; each is given out once, since the platform's code serves once."""
    with office.db.reading() as tx:
        if not store.waiting(tx, now - FRESH, 1):
            return []
    with office.db.transaction() as tx:
        return [Asked(number, code) for number, code in store.take(tx, now - FRESH)]


def known(office: HasDatabase, asked: Asked, openid: str, now: datetime) -> None:
    """The platform said who it is. Somebody of whom nothing is known yet is entered, as one who does not follow."""
    with office.db.transaction() as tx:
        person = people.known_by_openid(tx, openid) or people.enter(tx, openid, now, subscribed=False)
        person = person or people.known_by_openid(tx, openid)
        assert person is not None
        store.change(tx, asked.number, store.TAKEN, state=store.KNOWN, person_id=person.id)


def refused(office: HasDatabase, asked: Asked, reason: str) -> None:
    """The platform did not say who it is. `reason`: a word."""
    with office.db.transaction() as tx:
        store.change(tx, asked.number, store.TAKEN, state=store.REFUSED, reason=reason)
