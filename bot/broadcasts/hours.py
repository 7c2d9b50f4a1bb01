"""The hours in which broadcasts and their reminders go out, in the office's time; holidays do not matter."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

DIGEST_AT = 18 * 60
"""When the one message a day goes out, in minutes of the day; earlier where the hours end before."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes of the day. `closes` itself is outside."""

    opens: int
    closes: int
    zone: ZoneInfo

    def is_open(self, moment: datetime) -> bool:
        local = moment.astimezone(self.zone)
        return self.opens <= local.hour * 60 + local.minute < self.closes

    def first_open(self, moment: datetime) -> datetime:
        """The moment itself where it is within the hours, else the next opening."""
        return moment if self.is_open(moment) else self._next(moment, self.opens)

    def opened_at(self, moment: datetime) -> datetime | None:
        """When the hours began that this moment is in; None outside of them."""
        local = moment.astimezone(self.zone)
        opening = local.replace(hour=self.opens // 60, minute=self.opens % 60, second=0, microsecond=0)
        return opening if self.is_open(moment) else None

    @property
    def _digest_at(self) -> int:
        return max(self.opens, min(DIGEST_AT, self.closes - 30))

    def next_digest(self, moment: datetime) -> datetime:
        """When the next message of the day goes out."""
        return self._next(moment, self._digest_at)

    def day_of_digest(self, moment: datetime) -> str | None:
        """The day whose message goes out at this moment, as 2026-03-02; None before its time and outside the hours."""
        local = moment.astimezone(self.zone)
        is_due = self.is_open(moment) and local.hour * 60 + local.minute >= self._digest_at
        return local.date().isoformat() if is_due else None

    def _next(self, moment: datetime, minute: int) -> datetime:
        local = moment.astimezone(self.zone)
        day = local.replace(hour=minute // 60, minute=minute % 60, second=0, microsecond=0)
        return day if day > local else day + timedelta(days=1)
