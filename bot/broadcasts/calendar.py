"""The occasions of a year on which broadcasts are usual, and when the next ones are."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.broadcasts.dates import Moving, Rule

LEAD_DAYS = 14
SOON = timedelta(days=60)  # a missing year is told so long before it begins: more than the longest lead


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
