"""What was typed, read as a broadcast, and what is wrong with it by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.broadcasts.audience import Audience
from bot.broadcasts.audience_words import parse
from bot.broadcasts.life import MEETING
from bot.broadcasts.templates import Template, filled, places
from bot.broadcasts.written import Written
from bot.errors import NotUnderstood
from bot.services.broadcasts.drafts import admitting
from bot.services.broadcasts.drafts.admitting import Fault
from bot.services.console.broadcasts.typed import AT, LONGEST, Typed
from bot.services.office import Office
from bot.store.broadcasts import lists
from bot.store.broadcasts.lists import GROUPS
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class Read:
    """As far as it can be read. `faults`: by field, the sentence about it; `unfilled`: places of the template without a value."""

    written: Written
    faults: Mapping[str, str]
    unfilled: tuple[str, ...]
    has_audience: bool


class Faulty(Exception):
    """Nothing was stored. `faults`: as of `Read`."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


def read(office: Office, tx: Tx, typed: Typed, now: datetime) -> Read:
    """The broadcast that these fields mean; every fault at once."""
    faults = dict[str, str]()
    template = office.templates.by_key.get(typed.template)
    meant = _audience(office, tx, typed, faults)
    details = _details(office, typed, faults) if typed.kind == MEETING else None
    send_at = _send_at(office, typed, now, faults)
    version = template.version if template is not None and _is_from(template, typed) else None
    title, body = filled(typed.title, typed.values), filled(typed.body, typed.values)
    new = Written(
        typed.kind, title, body, meant, send_at, details, typed.template if version is not None else None, version,
        typed.occasion if _is_occasion(office, typed.occasion) else None,
    )  # fmt: skip
    for one in [*_of_lists(typed), *admitting.faults(office, tx, new, now)]:
        faults.setdefault(one.field, office.say_on_page(one.key, **one.facts))
    return Read(new, faults, places(title + body), bool(meant.as_json()))


def _is_occasion(office: Office, key: str) -> bool:
    """Whether it names one of the calendar with its year."""
    name, _, year = key.rpartition("-")
    return year.isdecimal() and len(year) == 4 and name in {each.key for each in office.occasions.each}


def _is_from(template: Template, typed: Typed) -> bool:
    """Whether it is still of the template's kind: evidence names the template that a text was begun from."""
    return template.kind == typed.kind


def _fault(office: Office, name: str, **facts: object) -> str:
    return office.say(f"console_broadcasts.fault.{name}", **facts)


def _of_lists(typed: Typed) -> list[Fault]:
    """Of names, which no broadcast holds as they were typed."""
    return [
        Fault(name, "broadcast.fault.long", {"most": LONGEST[name], "length": len(value)})
        for name, value in {"names": typed.names, "exclude": typed.exclude}.items() if len(value) > LONGEST[name]
    ]  # fmt: skip


def _audience(office: Office, tx: Tx, typed: Typed, faults: dict[str, str]) -> Audience:
    known = lists.names(tx) if typed.names or typed.exclude else set()
    names = _named(office, typed.names, known, "names", faults)
    exclude = _named(office, typed.exclude, known, "exclude", faults)
    parts = {name: getattr(typed, name) for name in GROUPS}
    if not any(parts.values()) and not names and "names" not in faults:
        faults["audience"] = _fault(office, "no_audience")
    return Audience(**parts, names=names, exclude=exclude)


def _named(office: Office, text: str, known: set[str], field: str, faults: dict[str, str]) -> tuple[str, ...]:
    """The names in a text with any separators; to be left out may be groups too."""
    if not text:
        return ()
    words: Mapping[str, Any] = office.texts.sentences["broadcast"]["audience"]
    here = sorted((name for name in known if name in text), key=lambda name: (-len(name), text.index(name)))
    try:
        found = parse(text, office.reader.communities() if field == "exclude" else (), {}, words, here)
    except NotUnderstood:
        faults[field] = _fault(office, "unclear_names")
        return ()
    if field == "names" and found.keys() - {"names"}:
        faults[field] = _fault(office, "names_alone")
    return tuple(value for part in found.values() for value in part)


def _details(office: Office, typed: Typed, faults: dict[str, str]) -> dict[str, str]:
    """Of a meeting, with the office's zone in its times."""
    given = {"place": typed.place}
    for name, said in {"at": typed.at, "until": typed.until}.items():
        moment = _moment(office, said)
        if moment is not None:
            given[name] = moment.isoformat()
        elif said:
            faults[name] = _fault(office, name)
    return {name: value for name, value in given.items() if value}


def _send_at(office: Office, typed: Typed, now: datetime, faults: dict[str, str]) -> datetime | None:
    if typed.when != AT:
        return None
    found = _moment(office, typed.send_at)
    if found is None:
        faults["send_at"] = _fault(office, "send_at")
        return None
    return found.astimezone(now.tzinfo)


def _moment(office: Office, given: str) -> datetime | None:
    """A day and time as browsers write them, in the office's zone; None where it is none."""
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        return None
    return found.replace(tzinfo=office.calendar.zone) if found.tzinfo is None else None
