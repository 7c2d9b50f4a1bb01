"""Whether the working days and the occasions of the year are entered."""

from collections.abc import Iterator
from datetime import datetime

from bot.cli.doctor.finding import Asked, Finding, good, notice, wrong


def holidays(asked: Asked) -> Iterator[Finding]:
    """This and the next year."""
    calendar = asked.office.calendar
    year = datetime.now(calendar.zone).year
    for wanted in (year, year + 1):
        if wanted not in calendar.years:
            yield wrong("no_holidays", year=wanted)
        elif wanted in calendar.provisional:
            yield notice("holidays_provisional", year=wanted)
        else:
            yield good("holidays", year=wanted)


def occasions(asked: Asked) -> Iterator[Finding]:
    """The dates that move, and whether each template's text is the one that its version stands for."""
    office = asked.office
    missing = office.occasions.missing_years(datetime.now(office.calendar.zone).date())
    changed = office.templates.changed()
    yield from (wrong("no_occasions", year=year) for year in missing)
    yield from (wrong("template_changed", name=each.name, version=each.version) for each in changed)
    if not missing and not changed:
        yield good("occasions", count=len(office.occasions.each), templates=len(office.templates.by_key))
