"""The occasions that come, for which a broadcast may be written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.broadcasts.calendar import Occasions
from bot.services.office import Office
from bot.store.broadcasts import lists

OCCASIONS = 6
AHEAD = timedelta(days=370)


@dataclass(frozen=True, slots=True)
class Coming:
    """An occasion that comes. `draft`: of the broadcast that was made for it; `state` empty where there is none."""

    key: str
    name: str
    day: date
    days: int
    template: str
    draft: int | None
    state: str


def coming(office: Office, now: datetime) -> Sequence[Coming]:
    """The next occasions, the nearest first."""
    today = now.astimezone(office.calendar.zone).date()
    found = next_ones(office.occasions, today)
    with office.db.reading() as tx:
        made = lists.of_occasions(tx, [key for _, key, _, _ in found])
    return [
        Coming(
            key, name, day, (day - today).days, template, made[key].id if key in made else None,
            made[key].state if key in made else "",
        )
        for day, key, name, template in found
    ]  # fmt: skip


def next_ones(occasions: Occasions, today: date) -> Sequence[tuple[date, str, str, str]]:
    """(day, key with its year, name, template) of the next OCCASIONS."""
    found = [
        (day, f"{each.key}-{year}", each.name, each.template)
        for each in occasions.each
        for year in (today.year - 1, today.year, today.year + 1)
        if (day := each.rule.day(year, occasions.moving)) is not None and today <= day <= today + AHEAD
    ]
    return sorted(found)[:OCCASIONS]
