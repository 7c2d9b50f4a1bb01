"""Rules for the date of an occasion in a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

Moving = Mapping[int, Mapping[str, date]]
"""By year, the dates that move, by name."""


class Rule(Protocol):
    """When an occasion is."""

    def day(self, year: int, moving: Moving) -> date | None:
        """In this year; None where it is not known."""
        ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same date every year."""

    month: int
    number: int

    def day(self, year: int, moving: Moving) -> date | None:
        return date(year, self.month, self.number)


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The nth of these weekdays in a month; Monday is 0."""

    month: int
    weekday: int
    nth: int

    def day(self, year: int, moving: Moving) -> date | None:
        first = date(year, self.month, 1)
        return first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))


@dataclass(frozen=True, slots=True)
class Named:
    """A date of the lunar calendar or a solar term, from the table."""

    name: str

    def day(self, year: int, moving: Moving) -> date | None:
        return moving.get(year, {}).get(self.name)


@dataclass(frozen=True, slots=True)
class Earliest:
    """Whichever of these comes first; not known where one of them is not."""

    rules: tuple[Rule, ...]

    def day(self, year: int, moving: Moving) -> date | None:
        days = [rule.day(year, moving) for rule in self.rules]
        known = [day for day in days if day is not None]
        return min(known) if len(known) == len(days) else None
