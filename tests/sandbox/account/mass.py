"""Mass sending: recipients, quotas, and `clientmsgid`, under which nothing is sent twice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.clock import Clock
from tests.sandbox.users.users import User

PER_USER, TO_ALL_PER_DAY, TO_ALL_PER_MONTH = 4, 1, 4
ID_LONGEST, ID_LIVES, ID_TOO_SOON = 32, 24 * 3600, 60
OPENIDS = range(2, 10_001)


@dataclass(slots=True)
class Job:
    """A mass send that was accepted."""

    id: int
    reached: list[User]
    total: int
    status: str = "SENDING"


@dataclass(slots=True)
class MassJobs:
    """Jobs by id, and the quotas used."""

    clock: Clock
    jobs: dict[int, Job] = field(default_factory=dict)
    drafts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    speed: int = 0
    _client_ids: dict[str, tuple[float, int]] = field(default_factory=dict)
    _to_all: Counter[str] = field(default_factory=Counter)

    def check_client_id(self, client_id: str) -> None:
        """PlatformError 45065 (with the job's id) for a clientmsgid used before, 45066 within a minute of it, 45067 for one that is too long."""
        if len(client_id.encode()) > ID_LONGEST:
            raise PlatformError(45067)
        at, number = self._client_ids.get(client_id, (float("-inf"), 0))
        age = self.clock.now() - at
        if client_id and age < ID_TOO_SOON:
            raise PlatformError(45066)
        if client_id and age < ID_LIVES:
            raise PlatformError(45065, msg_id=number, msg_data_id=number)

    def use_to_all(self) -> None:
        """PlatformError 45028 when this day's or month's quota is used."""
        day, month = self.clock.day(), self.clock.month()
        if self._to_all[day] >= TO_ALL_PER_DAY or self._to_all[month] >= TO_ALL_PER_MONTH:
            raise PlatformError(45028)
        self._to_all.update((day, month))

    def start(self, number: int, client_id: str, audience: Iterable[User]) -> Job:
        """Accept the job. Users who have had four this month are left out silently."""
        month = self.clock.month()
        users = list(audience)
        reached = [user for user in users if user.subscribed and user.mass_received[month] < PER_USER]
        for user in reached:
            user.mass_received[month] += 1
        job = self.jobs[number] = Job(number, reached, len(users))
        if client_id:
            self._client_ids[client_id] = (self.clock.now(), number)
        return job
