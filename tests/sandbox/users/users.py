"""The account's users: whether they follow, block, have consented, and what their phone shows."""

import itertools
import secrets
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.sandbox.users.cast import OPENID_LENGTH, Person
from tests.sandbox.users.windows import Windows

PHONE_KEEPS = 500


@dataclass(frozen=True, slots=True)
class Item:
    """One item on a phone. `kind`: own, passive, kf, template, subscription, mass, sms or notice (a grey line)."""

    seq: int
    at: float
    kind: str
    type: str
    text: str
    content: dict[str, Any]
    msgid: str

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class Consent:
    """Consent to one subscription template. `once` counts single sends, `always` is for all."""

    always: bool = False
    once: int = 0


@dataclass(slots=True)
class User:
    """One person with a phone."""

    person: Person
    subscribed: bool = True
    subscribe_time: int = 0
    scene: str = ""
    remark: str = ""
    blacklisted: bool = False
    tags: list[int] = field(default_factory=list)
    windows: Windows = field(default_factory=Windows)
    consents: dict[str, Consent] = field(default_factory=dict)
    phone: deque[Item] = field(default_factory=lambda: deque(maxlen=PHONE_KEEPS))
    received: int = 0  # messages that reached the phone since the start
    mass_received: Counter[str] = field(default_factory=Counter)  # by month
    client_ids: dict[str, tuple[float, int]] = field(default_factory=dict)  # client_msg_id: (time, msgid)

    @property
    def openid(self) -> str:
        return self.person.openid


class Users:
    """All users by openid."""

    def __init__(self, cast: Iterable[Person], now: float) -> None:
        self._all: dict[str, User] = {}
        self._numbers = itertools.count(1)
        for person in cast:
            self.add(person, now)

    def __iter__(self) -> Iterator[User]:
        return iter(list(self._all.values()))

    def find(self, openid: str) -> User | None:
        return self._all.get(openid)

    def add(self, person: Person, now: float) -> None:
        self._all[person.openid] = User(person, subscribe_time=int(now))

    def remove(self, openids: Iterable[str]) -> None:
        for openid in openids:
            self._all.pop(openid, None)

    def get_or_create(self, openid: str, now: float, name: str = "") -> User:
        """The user of this openid; a new one follows the account."""
        user = self._all.get(openid)
        if user is None:
            person = Person(openid, name or f"群众{next(self._numbers)}")
            user = self._all[openid] = User(person, subscribe_time=int(now))
        return user


def new_openid() -> str:
    return f"o{secrets.token_urlsafe(24)}"[:OPENID_LENGTH]
