"""What an administrator may change while the service runs: limits, working days, telephone numbers, duty, channels, places and
sentences.

The files of config/ and the environment are the defaults. A changed part is a value over them, as JSON:

    limits      {name: number} of `limit_changes.numbers`, of those that differ
    days.YEAR   {"holidays": [...], "makeup_workdays": [...], "provisional": bool}, all of the year
    phones      {"duty": [...], "gas": "...", "water": "...", "power": "..."}, of those that differ
    duty        [ids of persons] who hear of every danger besides its community's staff
    channels    [names] in the order in which they are tried
    places      [entries] over those of the gazetteer (`bot.services.settings.places`)
    text.KEY    the sentence
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from string import Formatter
from typing import TYPE_CHECKING, Any

from bot.errors import NotUnderstood
from bot.orders.time_limits import limit_changes
from bot.orders.time_limits.calendar import Calendar
from bot.orders.time_limits.limits import Limits
from bot.services.settings.phone_numbers import is_number
from bot.texts import Texts

if TYPE_CHECKING:
    from bot.services.settings.places import Rows
    from bot.understanding import Reader

LIMITS, PHONES, DAYS, TEXT = "limits", "phones", "days.", "text."
DUTY, CHANNELS, PLACES = "duty", "channels", "places"
UNUSABLE = (NotUnderstood, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What a stored value may raise that cannot be used."""
MOST_ON_DUTY = 20  # persons
MOST_DUTY, LONGEST_TEXT, MOST_FREE, MOST_WORKED = 3, 300, 80, 40
SEPARATOR = "、"
EMERGENCY = re.compile(r"(?<!\d)1(?:10|19|20|22)(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Adjustable:
    """The present state of all of it."""

    limits: Limits
    calendar: Calendar
    phones: Mapping[str, str]  # by name, which any sentence may hold; several of one name joined
    texts: Texts
    channels: tuple[str, ...] = ()  # in the order in which they are tried
    known_channels: tuple[str, ...] = ()  # that may have a place in it
    duty: tuple[int, ...] = ()
    reader: "Reader | None" = None  # where messages are read
    place_rows: "Rows" = field(default_factory=dict)  # the entries that it knows


def adjusted(base: Adjustable, part: str, value: Any) -> Adjustable:
    """With this value of the part; None changes nothing. NotUnderstood or another one of UNUSABLE where it is none."""
    if value is None:
        return base
    if part == LIMITS:
        return replace(base, limits=limit_changes.changed(base.limits, dict(value)))
    if part == PHONES:
        return replace(base, phones={**base.phones, **_phones(base, value)})
    if part == DUTY:
        return replace(base, duty=_duty(value))
    if part == CHANNELS:
        return replace(base, channels=_channels(base, value))
    if part == PLACES:
        return _with_places(base, value)
    if part.startswith(DAYS):
        return replace(base, calendar=_with_days(base.calendar, part.removeprefix(DAYS), value))
    return replace(base, texts=_with_text(base.texts, part, value))


def all_adjusted(files: Adjustable, values: Mapping[str, str | None]) -> tuple[Adjustable, dict[str, str]]:
    """With the JSON of every part, and what is wrong with those that cannot be used: there the files stand."""
    made, broken = files, dict[str, str]()
    for part, value in values.items():
        try:
            made = adjusted(made, part, json.loads(value) if value is not None else None)
        except UNUSABLE as error:
            broken[part] = f"{type(error).__name__}: {error}"[:200]
    return made, broken


def shown(state: Adjustable, part: str) -> dict[str, str]:
    """What the part holds, each thing under its name: what a change is compared by."""
    if part == LIMITS:
        return {name: str(number) for name, number in limit_changes.numbers(state.limits).items()}
    if part == PHONES:
        return dict(state.phones)
    if part == DUTY:
        return {str(person): DUTY for person in state.duty}
    if part == CHANNELS:
        return {CHANNELS: SEPARATOR.join(state.channels)}
    if part == PLACES:
        found: dict[str, str] = _places().in_words(state.place_rows)
        return found
    if part.startswith(DAYS):
        return _days(state.calendar, int(part.removeprefix(DAYS)))
    return {key_of(part): state.texts.template(key_of(part))}


def key_of(part: str) -> str:
    """The locale's key of a sentence that may be changed. NotUnderstood for any other part."""
    key = part.removeprefix(TEXT)
    if key == part:
        raise NotUnderstood("console_settings.bad.part")
    return key


def keys_of_texts(texts: Texts) -> tuple[str, ...]:
    """The keys of the sentences that may be changed: those that the locale has a name for."""
    tables: Mapping[str, Mapping[str, str]] = texts.sentences["console_settings"]["texts"]
    return tuple(f"{table}.{name}" for table, names in tables.items() for name in names)


def _phones(base: Adjustable, value: Mapping[str, Any]) -> dict[str, str]:
    found = dict[str, str]()
    for name, given in dict(value).items():
        numbers = given if name == "duty" else [given]
        if name not in base.phones or not isinstance(numbers, list) or not 0 < len(numbers) <= MOST_DUTY:
            raise NotUnderstood("console_settings.bad.duty", most=MOST_DUTY)
        wrong = next((number for number in numbers if not isinstance(number, str) or not is_number(number)), None)
        if wrong is not None:
            raise NotUnderstood("console_settings.bad.phone", number=str(wrong)[:40])
        found[name] = SEPARATOR.join(numbers)
    return found


def _duty(value: Sequence[Any]) -> tuple[int, ...]:
    if not isinstance(value, list) or len(value) > MOST_ON_DUTY or not all(type(each) is int for each in value):
        raise NotUnderstood("console_settings.bad.on_duty", most=MOST_ON_DUTY)
    return tuple(sorted(set(value)))


def _channels(base: Adjustable, value: Sequence[Any]) -> tuple[str, ...]:
    """At least one of those that are known, each once."""
    if (
        not isinstance(value, list)
        or not value
        or len(set(value)) != len(value)
        or not set(value) <= set(base.known_channels)
    ):
        raise NotUnderstood("console_settings.bad.channels")
    return tuple(value)


def _with_places(base: Adjustable, value: Sequence[Any]) -> Adjustable:
    if base.reader is None:  # a process that reads no messages
        return base
    rows = _places().with_changes(base.place_rows, value)
    return replace(base, reader=_places().reader_with(base.reader, rows), place_rows=rows)


def _places() -> Any:
    """The module, which brings the reader's dictionaries: most processes do without."""
    from bot.services.settings import places

    return places


def _with_days(calendar: Calendar, year: str, value: Mapping[str, Any]) -> Calendar:
    free, worked = ([date.fromisoformat(day) for day in value[name]] for name in ("holidays", "makeup_workdays"))
    if len(free) > MOST_FREE or len(worked) > MOST_WORKED:
        raise NotUnderstood("console_settings.bad.many_days", free=MOST_FREE, worked=MOST_WORKED)
    return calendar.with_year(int(year), free, worked, is_provisional=bool(value["provisional"]))


def _days(calendar: Calendar, year: int) -> dict[str, str]:
    days = dict.fromkeys(calendar.holidays, "holiday") | dict.fromkeys(calendar.makeup_days, "makeup")
    found = {day.isoformat(): kind for day, kind in sorted(days.items()) if day.year == year}
    return found | ({"provisional": "provisional"} if year in calendar.provisional else {})


def _with_text(texts: Texts, part: str, sentence: str) -> Texts:
    key = key_of(part)
    if key not in keys_of_texts(texts):
        raise NotUnderstood("console_settings.bad.part")
    if not isinstance(sentence, str) or not 0 < len(sentence.strip()) <= LONGEST_TEXT:
        raise NotUnderstood("console_settings.bad.length", longest=LONGEST_TEXT)
    before = texts.template(key)
    if _placeholders(sentence) != _placeholders(before):
        wanted = "".join(sorted(_placeholders(before)))
        raise NotUnderstood(
            "console_settings.bad.placeholders" if wanted else "console_settings.bad.none", names=wanted
        )
    lost = sorted(set(EMERGENCY.findall(before)) - set(EMERGENCY.findall(sentence)))
    if lost:
        raise NotUnderstood("console_settings.bad.emergency", numbers=SEPARATOR.join(lost))
    return texts.with_sentence(key, sentence)


def _placeholders(sentence: str) -> frozenset[str]:
    """As they are written. NotUnderstood where a brace stands alone."""
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError as error:
        raise NotUnderstood("console_settings.bad.braces") from error
    return frozenset(
        "{" + name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "") + "}"
        for _, name, form, conversion in parts
        if name is not None
    )
