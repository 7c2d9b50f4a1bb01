"""Reads the occasions of a year from the office's file."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.broadcasts.calendar import LEAD_DAYS, Occasion, Occasions
from bot.broadcasts.dates import Earliest, Fixed, Named, NthWeekday, Rule
from bot.broadcasts.template_files import FOLDER

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


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
