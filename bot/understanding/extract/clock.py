"""Counts with times as they are said: an hour later, a day earlier. The words are those of rules/appointment.toml."""

import re
from datetime import date, timedelta

from bot.understanding.extract.numerals import is_approximate, spoken, to_digits
from bot.understanding.lexicon import Rules

_RULES = Rules("appointment")
_DATE = re.compile(r"(\d{1,2})(\D)(\d{1,2})(\D)")
_LEAP_YEAR = 2028  # every date exists in it
DAY = 24 * 60  # minutes


def minutes_of(words: str) -> int | None:
    """Minutes since midnight as they are said, without the part of the day (下午三点: 180); None where no hour is named,
    or only roughly (两三点)."""
    met = _RULES.hour_and_minutes.search(words)
    if met is None or is_approximate(met[1]):
        return None
    behind: dict[str, int] = _RULES.words["minutes"]
    return int(to_digits(met[1])) * 60 + (behind[met[2]] if met[2] in behind else int(to_digits(met[2] or "0")))


def spoken_time(minutes: int) -> str:
    """An hour with its minutes as it is spoken: 570 is half past nine."""
    words, (hour, rest) = _RULES.words, divmod(minutes, 60)
    said = words["two"] if hour == 2 else spoken(str(hour))
    names = {value: name for name, value in words["minutes"].items()}
    behind = names.get(rest) or (f"{rest}{words['minute']}" if rest else "")
    return f"{said}{words['hour']}{behind}"


def later_by(much: str, unit: str) -> int | None:
    """So many minutes; of a unit of days so many days, None for a part of one."""
    words, half = _RULES.words, much.startswith(_RULES.words["half"])
    if unit == words["day"]:
        return None if half else int(to_digits(much))
    return int(words["per_unit"].get(unit[0], 60) * (0.5 if half else int(to_digits(much))))


def time_later(time: str, minutes: int) -> str:
    """The same words with an hour so much later or earlier; empty where that leaves the day or its named part."""
    was = minutes_of(time)
    if was is None:
        return ""
    now, words = was + minutes, _RULES.words
    part = next((met["part"] for met in _RULES.time.finditer(time) if met["part"]), "")
    within = 0 < now < DAY if not part else 60 <= now < 13 * 60
    if not within or (part in words["morning"] and is_morning(was) != is_morning(now)):
        return ""
    return str(_RULES.hour_and_minutes.sub(spoken_time(now), time, count=1))


def day_later(day: str, days: int) -> str:
    """The day so many days after one that is named by its relation to today, by weekday or date; empty where it cannot be told."""
    words = _RULES.words
    day = words["short_days"].get(day, day)
    plain = day[:-1] + words["day_ends"].get(day[-1:], day[-1:])
    if plain in words["days"]:
        return _at(words["days"], words["days"].index(plain) + days)
    weekdays: str = words["weekdays"]
    last = day[-1:] if day[-1:] in weekdays else weekdays[-1]
    if len(day) > 1 and not day[0].isdigit():
        moved = _at(list(weekdays), weekdays.index(last) + days)
        return day[:-1] + moved if moved else ""
    met = _DATE.fullmatch(day)
    if met is None:
        return ""
    try:
        on = date(_LEAP_YEAR, int(met[1]), int(met[3])) + timedelta(days=days)
    except ValueError:
        return ""
    return f"{on.month}{met[2]}{on.day}{met[4]}"


def _at(names: list[str], place: int) -> str:
    return names[place] if 0 <= place < len(names) else ""


def is_morning(minutes: int) -> bool:
    """Whether an hour that is said without a part of the day is mostly one of the morning."""
    return 6 * 60 <= minutes < 12 * 60
