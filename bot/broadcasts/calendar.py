"""The occasions of a year on which broadcasts are usual, and when the next ones are."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.broadcasts.dates import Earliest, Fixed, Moving, Named, NthWeekday, Rule
from bot.broadcasts.templates import FOLDER

LEAD_DAYS = 14
SOON = timedelta(days=60)  # a missing year is told so long before it begins: more than the longest lead
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What comes every year. `template`: what is proposed for it; `lead_days`: so many days before."""

    key: str
    name: str
    rule: Rule
    template: str
    lead_days: int = LEAD_DAYS


@dataclass(frozen=True, slots=True)
class Due:
    """An occasion in one year. `key` names both: it is proposed once."""

    key: str
    occasion: Occasion
    day: date


@dataclass(frozen=True, slots=True)
class Occasions:
    """All of them, and the dates that move."""

    each: tuple[Occasion, ...]
    moving: Moving

    def due(self, today: date) -> list[Due]:
        """Those whose date is today or at most their lead ahead, the nearest first."""
        found = [
            Due(f"{occasion.key}-{year}", occasion, day)
            for occasion in self.each
            for year in (today.year - 1, today.year, today.year + 1)
            if (day := occasion.rule.day(year, self.moving)) is not None
            and 0 <= (day - today).days <= occasion.lead_days
        ]
        return sorted(found, key=lambda due: (due.day, due.key))

    def missing_years(self, today: date) -> list[int]:
        """The years needed now or soon of which the dates that move are not entered: those occasions are not proposed."""
        return sorted({today.year, (today + SOON).year} - self.moving.keys())


def load(config_dir: Path) -> Occasions:
    """Those of config/broadcasts/occasions.toml and days.toml. ValueError for a rule that cannot be read."""
    folder = config_dir / FOLDER
    years: dict[str, dict[str, date]] = tomllib.loads((folder / "days.toml").read_text("utf-8"))["year"]
    moving = {int(year): days for year, days in years.items()}
    names = frozenset[str]().union(*moving.values())
    tables = tomllib.loads((folder / "occasions.toml").read_text("utf-8"))
    return Occasions(tuple(_occasion(key, table, names) for key, table in tables.items()), moving)


def _occasion(key: str, table: Mapping[str, Any], names: frozenset[str]) -> Occasion:
    rule = _rule(table["on"], names)
    return Occasion(key, table["name"], rule, table["template"], table.get("lead_days", LEAD_DAYS))


def _rule(said: Any, names: frozenset[str]) -> Rule:
    if isinstance(said, Mapping):
        return NthWeekday(said["month"], WEEKDAYS.index(said["weekday"]), said["nth"])
    if isinstance(said, Sequence) and not isinstance(said, str):
        return Earliest(tuple(_rule(each, names) for each in said))
    if said in names:
        return Named(said)
    day = date.fromisoformat(f"2028-{said}")  # a leap year; 02-29 is no date of every year
    if (day.month, day.day) == (2, 29):
        raise ValueError("02-29 is no date of every year")
    return Fixed(day.month, day.day)
