"""Working days of the office: holidays and make-up workdays are data that the State Council sets each year."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Calendar:
    """The office's calendar in its own time zone."""

    zone: ZoneInfo
    opens: time
    closes: time
    holidays: frozenset[date]
    makeup_days: frozenset[date]
    years: frozenset[int]
    provisional: frozenset[int]

    def is_workday(self, day: date) -> bool:
        """Whether the office works on this date."""
        if day in self.makeup_days:
            return True
        return day.weekday() < 5 and day not in self.holidays

    def next_opening(self, moment: datetime) -> datetime | None:
        """When the office opens next, in its own time; None while it is open."""
        local = moment.astimezone(self.zone)
        opening = self._first_working_moment(local)
        return None if opening == local else opening

    def next_closing(self, moment: datetime) -> datetime:
        """When the office, open now, closes, in its own time."""
        return datetime.combine(moment.astimezone(self.zone).date(), self.closes, self.zone)

    def add_working_days(self, moment: datetime, days: int) -> datetime:
        """The same time of day, `days` working days later. Outside working hours counting starts with the next working moment."""
        local = self._first_working_moment(moment.astimezone(self.zone))
        day = local.date()
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_workday(day)
        return datetime.combine(day, local.timetz())

    def _first_working_moment(self, local: datetime) -> datetime:
        day, clock = local.date(), local.time()
        if self.is_workday(day) and clock < self.closes:
            return local if clock >= self.opens else datetime.combine(day, self.opens, self.zone)
        day += timedelta(days=1)
        while not self.is_workday(day):
            day += timedelta(days=1)
        return datetime.combine(day, self.opens, self.zone)

    def missing_years(self, today: date) -> list[int]:
        """The years the office needs now or soon for which no holidays are entered; only weekends are free there."""
        return sorted(self._wanted(today) - self.years)

    def provisional_years(self, today: date) -> list[int]:
        """The years the office needs now or soon of which only the statutory dates are entered, since the State Council's notice
        with the days off around them and the make-up workdays was not out."""
        return sorted(self._wanted(today) & self.provisional)

    def with_year(
        self, year: int, holidays: Iterable[date], makeup_days: Iterable[date], *, is_provisional: bool
    ) -> "Calendar":
        """The calendar with these days in place of those it has of the year. ValueError where a day is of another year, or
        both free and worked."""
        free, worked = frozenset(holidays), frozenset(makeup_days)
        if free & worked or any(day.year != year for day in free | worked):
            raise ValueError(f"days of {year} contradict each other or are of another year")
        return replace(
            self,
            holidays=free | {day for day in self.holidays if day.year != year},
            makeup_days=worked | {day for day in self.makeup_days if day.year != year},
            years=self.years | {year},
            provisional=self.provisional | {year} if is_provisional else self.provisional - {year},
        )

    def _wanted(self, today: date) -> set[int]:
        return {today.year, (today + timedelta(days=45)).year}


@cache
def load(config_dir: Path) -> Calendar:
    """The calendar of config/holidays.toml, read once a process."""
    data = tomllib.loads((config_dir / "holidays.toml").read_text("utf-8"))
    days = [day for year in data["year"].values() for day in year["holidays"]]
    makeup = [day for year in data["year"].values() for day in year["makeup_workdays"]]
    return Calendar(
        ZoneInfo(data["zone"]), data["opens"], data["closes"], frozenset(days), frozenset(makeup),
        years=frozenset(map(int, data["year"])),
        provisional=frozenset(int(name) for name, year in data["year"].items() if year.get("provisional")),
    )  # fmt: skip
