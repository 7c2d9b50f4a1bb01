"""What was typed into a form of 设置, as the value of its part."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.errors import NotUnderstood
from bot.orders.time_limits import limit_changes
from bot.services.console.settings import labels, place_form
from bot.services.office import Office
from bot.services.settings import adjustable
from bot.services.settings.adjustable import CHANNELS, DAYS, DUTY, LIMITS, PHONES, PLACES, Adjustable

NUMBER = re.compile(r"\d{1,4}", re.ASCII)
BETWEEN = re.compile(r"[、,，;；\r\n]+")
MOST_AT_ONCE = 31  # days


def value_of(office: Office, state: Adjustable, part: str, fields: Mapping[str, str], kept: Any = None) -> Any:
    """The value over the files; None where it is as in them. `state`: as the part is now; `kept`: its stored value. NotUnderstood for what
    cannot be; what only the part itself knows is checked by `adjustable.adjusted`."""
    if part == LIMITS:
        return _limits(office, state, fields) or None
    if part == PHONES:
        return _phones(office, state, fields) or None
    if part == CHANNELS:
        return _channels(office, fields)
    if part == DUTY:
        return _duty(state, fields) or None
    if part == PLACES:
        return place_form.value_of(office, fields, kept)
    if part.startswith(DAYS):
        return _days(state, int(part.removeprefix(DAYS)), fields)
    sentence = fields.get("sentence", "").strip()
    return None if sentence == office.adjustable.files.texts.template(adjustable.key_of(part)) else sentence


def _limits(office: Office, state: Adjustable, fields: Mapping[str, str]) -> dict[str, int]:
    """Of those that differ from the files."""
    files, now = (limit_changes.numbers(each.limits) for each in (office.adjustable.files, state))
    bounds = limit_changes.bounds(state.limits)
    found = dict[str, int]()
    for name, bound in bounds.items():
        if bound.is_fixed:
            continue
        given = _plain(fields.get(name, str(now[name])))
        number = int(given) if NUMBER.fullmatch(given) else -1
        if not bound.least <= number <= bound.most:
            facts = {
                "unit": office.say(f"console_settings.unit.{bound.unit}"),
                "least": bound.least,
                "most": bound.most,
            }
            raise NotUnderstood("console_settings.bad.number", name=labels.of(office, LIMITS, name), **facts)
        if number != files[name]:
            found[name] = number
    return found


def _phones(office: Office, state: Adjustable, fields: Mapping[str, str]) -> dict[str, Any]:
    """Of those that differ from the environment."""
    found = dict[str, Any]()
    for name, before in office.adjustable.files.phones.items():
        given = _plain(fields.get(name, state.phones[name]))
        numbers = [number.strip() for number in BETWEEN.split(given) if number.strip()]
        if name != "duty" and len(numbers) != 1:
            raise NotUnderstood("console_settings.bad.one_phone", name=labels.of(office, PHONES, name))
        if adjustable.SEPARATOR.join(numbers) != before:
            found[name] = numbers if name == "duty" else numbers[0]
    return found


def _channels(office: Office, fields: Mapping[str, str]) -> list[str] | None:
    """By the place that each was given; one without a place is not used."""
    places = {name: _plain(fields.get(f"place-{name}", "")) for name in office.adjustable.files.known_channels}
    used = sorted((place, name) for name, place in places.items() if place)
    if len({place for place, _ in used}) != len(used):
        raise NotUnderstood("console_settings.bad.channels")
    found = [name for _, name in used]
    return None if tuple(found) == office.adjustable.files.channels else found


def _duty(state: Adjustable, fields: Mapping[str, str]) -> list[int]:
    """One person more, or fewer."""
    given = _plain(fields.get("person", ""))
    if not given.isascii() or not given.isdecimal() or len(given) > 17:
        raise NotUnderstood("console_settings.bad.no_person")
    person = int(given)
    return sorted(set(state.duty) - {person} if fields.get("do") == "remove" else {*state.duty, person})


def _days(state: Adjustable, year: int, fields: Mapping[str, str]) -> dict[str, Any]:
    """All days of the year, with what the form adds or removes."""
    kinds = adjustable.shown(state, f"{DAYS}{year}")
    is_provisional = kinds.pop("provisional", None) is not None or year not in state.calendar.years
    if fields.get("do") == "checked":
        is_provisional = False
    elif fields.get("do") == "remove":
        kinds.pop(_day(fields.get("day", ""), year).isoformat(), None)
    else:
        kinds |= dict.fromkeys(_added(year, fields), fields["kind"])
    return {
        "holidays": sorted(day for day, kind in kinds.items() if kind == "holiday"),
        "makeup_workdays": sorted(day for day, kind in kinds.items() if kind == "makeup"),
        "provisional": is_provisional,
    }


def _added(year: int, fields: Mapping[str, str]) -> list[str]:
    """The days from the first to the last one, as they are written."""
    if fields.get("kind") not in ("holiday", "makeup"):
        raise NotUnderstood("console_settings.bad.kind")
    first = _day(fields.get("first", ""), year)
    last = _day(fields.get("last", "") or first.isoformat(), year)
    if not first <= last < first + timedelta(days=MOST_AT_ONCE):
        raise NotUnderstood("console_settings.bad.span", most=MOST_AT_ONCE)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if fields["kind"] == "makeup" and any(day.weekday() < 5 for day in days):
        raise NotUnderstood("console_settings.bad.workday")
    return [day.isoformat() for day in days]


def _day(given: str, year: int) -> date:
    try:
        found = date.fromisoformat(_plain(given))
    except ValueError as error:
        raise NotUnderstood("console_settings.bad.day", year=year) from error
    if found.year != year:
        raise NotUnderstood("console_settings.bad.day", year=year)
    return found


def _plain(given: str) -> str:
    """Full-width digits and signs as plain ones."""
    return unicodedata.normalize("NFKC", given).strip()
