"""Tags of followers."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.users.users import User

MOST_TAGS, MOST_PER_USER, LONGEST, MOST_AT_ONCE = 100, 20, 30, 50
SYSTEM = frozenset({0, 1, 2})


@dataclass(slots=True)
class Tags:
    """Names by id; each user holds the ids of its tags."""

    names: dict[int, str] = field(default_factory=dict)
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(100))

    def create(self, name: str) -> int:
        if len(self.names) >= MOST_TAGS:
            raise PlatformError(45056)
        self._check_name(name)
        number = next(self._ids)
        self.names[number] = name
        return number

    def rename(self, number: int, name: str) -> None:
        self.must_exist(number, writable=True)
        self._check_name(name)
        self.names[number] = name

    def delete(self, number: int, users: Iterable[User]) -> None:
        self.must_exist(number, writable=True)
        del self.names[number]
        for user in users:
            if number in user.tags:
                user.tags.remove(number)

    def put(self, number: int, users: list[User]) -> None:
        self.must_exist(number)
        if len(users) > MOST_AT_ONCE:
            raise PlatformError(40032, "invalid openid list size")
        for user in users:
            if number not in user.tags:
                if len(user.tags) >= MOST_PER_USER:
                    raise PlatformError(45059)
                user.tags.append(number)

    def take(self, number: int, users: list[User]) -> None:
        self.must_exist(number)
        for user in users:
            if number in user.tags:
                user.tags.remove(number)

    def must_exist(self, number: int, *, writable: bool = False) -> None:
        if writable and number in SYSTEM:
            raise PlatformError(45058)
        if number not in self.names and number not in SYSTEM:
            raise PlatformError(45159)

    def _check_name(self, name: str) -> None:
        if not name or len(name) > LONGEST:
            raise PlatformError(45158)
        if name in self.names.values():
            raise PlatformError(45157)
