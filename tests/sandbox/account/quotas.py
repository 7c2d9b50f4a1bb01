"""Counts API calls by day and minute against the platform's limits, and clears the counts."""

from collections import Counter
from collections.abc import Mapping

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.clock import Clock

DAILY: Mapping[str, int] = {  # a new account's, by the path below /cgi-bin
    "token": 2000, "stable_token": 500_000, "menu/create": 1000, "menu/delete": 1000, "menu/get": 10_000,
    "tags/create": 1000, "tags/get": 1000, "tags/update": 1000, "tags/members/batchtagging": 100_000,
    "media/upload": 100_000, "media/get": 200_000, "message/custom/send": 500_000,
    "message/template/send": 100_000, "message/mass/sendall": 100, "message/mass/send": 100,
    "message/mass/preview": 100, "qrcode/create": 100_000, "user/get": 500, "user/info": 5_000_000,
    "user/info/updateremark": 10_000, "draft/add": 1000, "ticket/getticket": 1_000_000,
}  # fmt: skip
MINUTE: Mapping[str, int] = {
    "stable_token": 10_000, "message/mass/sendall": 60, "message/mass/send": 60, "/sns/oauth2/access_token": 50_000,
}  # fmt: skip
CLEARS_PER_MONTH = 10


class Quotas:
    """Counts every call and refuses those over a limit."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._day = ""
        self._minute = 0
        self._today: Counter[str] = Counter()
        self._this_minute: Counter[str] = Counter()
        self._cleared: Counter[str] = Counter()
        self.daily_limit: dict[str, int] = {}
        self.minute_limit: dict[str, int] = {}

    def take(self, api: str) -> None:
        """Count a call. PlatformError 45009 over the limit of the day, 45011 over that of the minute."""
        self._turn()
        daily, minute = self.daily(api), self.minute_limit.get(api, MINUTE.get(api))
        if minute is not None and self._this_minute[api] >= minute:
            raise PlatformError(45011)
        self._this_minute[api] += 1
        if daily is not None and self._today[api] >= daily:
            raise PlatformError(45009)
        self._today[api] += 1

    def daily(self, api: str) -> int | None:
        return self.daily_limit.get(api, DAILY.get(api))

    def used(self, api: str) -> int:
        self._turn()
        return self._today[api]

    def clear(self) -> None:
        """Clear the day's counts. PlatformError 48006 after ten times in a month."""
        month = self._clock.month()
        if self._cleared[month] >= CLEARS_PER_MONTH:
            raise PlatformError(48006)
        self._cleared[month] += 1
        self._today.clear()

    def _turn(self) -> None:
        day, minute = self._clock.day(), int(self._clock.now() // 60)
        if day != self._day:
            self._day, self._today = day, Counter()
        if minute != self._minute:
            self._minute, self._this_minute = minute, Counter()


def api_name(path: str) -> str:
    """The name of an API in limits, faults and counts: its path below /cgi-bin, else the whole path."""
    return path.removeprefix("/cgi-bin/")
