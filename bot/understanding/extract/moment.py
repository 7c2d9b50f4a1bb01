"""Reads a day and an hour ahead (明天下午三点, 12月5日9:00到11:00): the moment itself, where it is told exactly."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.understanding.extract.numerals import is_approximate, to_digits
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import simplify

_RULES = Rules("moments")
NOON = 12
HOUR = 60  # minutes
LEAP = "2000"  # a year that has every date


@dataclass(frozen=True, slots=True)
class Moment:
    """`at`, and `until` where an end is said; `rest`: the text without these words."""

    at: datetime
    until: datetime | None
    rest: str


def find(text: str, now: datetime) -> Moment | None:
    """The first moment that the text names, in the zone of `now`; None where no hour is named or there is no such day. A
    moment without a day is of today; it may have passed."""
    plain = simplify(text)
    for met in _RULES.moment.finditer(plain.text):
        day = _day(met, now.date())
        at = _time(met["clock"], met["part"]) if day is not None else None
        if day is None or at is None:
            continue
        until = _time(met["until"], met["until_part"] or met["part"]) if met["until"] else None
        begins = datetime.combine(day, at, now.tzinfo)
        ends = datetime.combine(day, until, now.tzinfo) if until is not None and until > at else None
        start, end = plain.raw_span(*met.span())
        return Moment(begins, ends, plain.raw[:start] + plain.raw[end:])
    return None


def is_possible(words: str) -> bool:
    """Whether every date and hour that the simplified words name is one of a calendar and a clock. A 29th of February without
    a year is one."""
    dates = all(_is_date(met) for met in _RULES.named_date.finditer(words))
    return dates and all(_is_hour(met) for met in _RULES.named_hour.finditer(words))


def _is_date(met: re.Match[str]) -> bool:
    year, month, day = (met[name] or default for name, default in (("year", LEAP), ("month", "1"), ("date", "1")))
    try:
        return bool(date(int(year), int(to_digits(month)), int(to_digits(met["only"] or day))))
    except ValueError:
        return False


def _is_hour(met: re.Match[str]) -> bool:
    hour, minute = to_digits(met["hour"]), to_digits(met["minute_said"] or met["minute"] or "0")
    return is_approximate(met["hour"]) or not hour.isdecimal() or (int(hour) <= 2 * NOON and int(minute) < HOUR)


def _day(met: re.Match[str], today: date) -> date | None:
    if met["near"] is not None:
        return today + timedelta(days=_RULES.words["days"][met["near"]])
    if met["weekday"] is not None:
        return _of_week(met["week"] or "", met["weekday"], today)
    if met["month"] is None and met["only_date"] is None:
        return today
    try:
        named = date(
            int(met["year"] or today.year), int(met["month"] or today.month), int(met["date"] or met["only_date"])
        )
    except ValueError:
        return None
    if met["year"] is not None or named >= today or met["month"] is None:
        return named
    return named.replace(year=today.year + 1) if (named.month, named.day) != (2, 29) else None


def _of_week(week: str, weekday: str, today: date) -> date:
    """Of this week or a later one; without a word for the week the next such day, which may be today."""
    names: list[str] = _RULES.words["weekdays"]
    place = next(number for number, all_names in enumerate(names) if weekday in all_names)
    monday = today - timedelta(days=today.weekday())
    weeks = week.count(_RULES.words["next"])
    named = monday + timedelta(days=place, weeks=weeks)
    return named + timedelta(weeks=1) if not week and named < today else named


def _time(clock: str, part: str | None) -> time | None:
    met = _RULES.clock_parts.match(clock)
    assert met is not None
    words, said = _RULES.words, met["minute"] or "0"
    hour, minute = int(to_digits(met["hour"])), words["minutes"].get(said)
    minute = int(to_digits(said)) if minute is None else minute
    afternoon = part in words["afternoon"] or (part == words["noon"] and hour <= words["noon_until"])
    if hour < NOON and (afternoon or (not part and ":" not in clock and hour < words["working_from"])):
        hour += NOON
    return time(hour, minute) if hour < 24 and minute < 60 else None
