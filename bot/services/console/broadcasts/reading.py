"""What was typed, read as a broadcast, and what is wrong with it by field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bot.broadcasts.audience import RESIDENT, Audience, parse
from bot.broadcasts.templates import Template, filled, places
from bot.broadcasts.written import Written
from bot.errors import NotFound, NotUnderstood
from bot.services.broadcasts import admitting
from bot.services.console.broadcasts.typed import AT, LONGEST, Typed
from bot.services.office import Office
from bot.store.broadcasts import lists
from bot.store.broadcasts.lists import GROUPS
from bot.store.database import Tx

MEETING, SERVICE = "meeting", "service"
BEFORE_APPROVAL = frozenset({"places", "send_at", "asked"})
"""Faults that a draft may have."""
QUOTED = 5  # names that a sentence repeats


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
    faults, fault = dict[str, str](), partial(_fault, office)
    template = office.templates.by_key.get(typed.template)
    title, body = filled(typed.title, typed.values), filled(typed.body, typed.values)
    _check_words(title, body, typed, fault, faults)
    meant = _audience(office, tx, typed, faults)
    details = _details(office, typed, now, faults) if typed.kind == MEETING else None
    send_at = _send_at(office, typed, now, faults)
    unfilled = places(title + body)
    if unfilled:
        faults["places"] = fault("places", names="、".join(unfilled))
    version = template.version if template is not None and _is_from(template, typed) else None
    new = Written(
        typed.kind, title, body, meant, send_at, details, typed.template if version is not None else None, version,
        typed.occasion if _is_occasion(office, typed.occasion) else None,
    )  # fmt: skip
    return Read(new, faults, unfilled, bool(meant.as_json()))


def _is_occasion(office: Office, key: str) -> bool:
    """Whether it names one of the calendar with its year."""
    name, _, year = key.rpartition("-")
    return year.isdecimal() and len(year) == 4 and name in {each.key for each in office.occasions.each}


def _is_from(template: Template, typed: Typed) -> bool:
    """Whether it is still of the template's kind: evidence names the template that a text was begun from."""
    return template.kind == typed.kind


def _fault(office: Office, name: str, **facts: object) -> str:
    return office.say(f"console_broadcasts.fault.{name}", **facts)


def _check_words(
    title: str, body: str, typed: Typed, fault: Callable[..., str], faults: dict[str, str]
) -> None:  # fmt: skip
    for name, value in {"title": title, "body": body}.items():
        if not value:
            faults[name] = fault(f"no_{name}")
    fields = {"title": title, "body": body, "names": typed.names, "exclude": typed.exclude, "place": typed.place}
    for name, value in fields.items():
        if len(value) > LONGEST[name]:
            faults[name] = fault("long", most=LONGEST[name], length=len(value))


def _audience(office: Office, tx: Tx, typed: Typed, faults: dict[str, str]) -> Audience:
    known = lists.names(tx) if typed.names or typed.exclude else set()
    names = _named(office, typed.names, known, "names", faults)
    exclude = _named(office, typed.exclude, known, "exclude", faults)
    parts = {name: getattr(typed, name) for name in GROUPS}
    if not any(parts.values()) and not names and "names" not in faults:
        faults["audience"] = _fault(office, "no_audience")
    if RESIDENT in typed.role and typed.kind != SERVICE:
        faults["audience"] = office.say("broadcast.residents_by_service")
    meant = Audience(**parts, names=names, exclude=exclude)
    try:
        admitting.check_audience(office, tx, meant)
    except NotFound as refused:
        faults["audience"] = office.say_on_page(refused.key, **refused.facts)
    return meant


def _named(office: Office, text: str, known: set[str], field: str, faults: dict[str, str]) -> tuple[str, ...]:
    """The names in a text with any separators; to be left out may be groups too. Who is not on the roster is a fault."""
    if not text:
        return ()
    words: Mapping[str, Any] = office.texts.sentences["broadcast"]["audience"]
    here = sorted((name for name in known if name in text), key=lambda name: (-len(name), text.index(name)))
    try:
        found = parse(text, office.reader.communities() if field == "exclude" else (), {}, words, here)
    except NotUnderstood:
        faults[field] = _fault(office, "unclear_names")
        return ()
    unknown = [name for name in found.get("names", ()) if name not in known]
    if unknown:
        faults[field] = _fault(office, "unknown_names", names="、".join(unknown[:QUOTED]), number=len(unknown))
    if field == "names" and found.keys() - {"names"}:
        faults.setdefault(field, _fault(office, "names_alone"))
    return tuple(value for part in found.values() for value in part)


def _details(office: Office, typed: Typed, now: datetime, faults: dict[str, str]) -> dict[str, str]:
    """Of a meeting, with the office's zone in its times."""
    at, until = _moment(office, typed.at), _moment(office, typed.until)
    if at is None or at <= now:
        faults["at"] = _fault(office, "at" if at is None else "at_past")
    if typed.until and (until is None or at is None or until <= at):
        faults["until"] = _fault(office, "until")
    if not typed.place:
        faults["place"] = _fault(office, "no_place")
    given = {
        "at": at.isoformat() if at else "",
        "until": until.isoformat() if until else "",
        "place": typed.place,
    }
    return {name: value for name, value in given.items() if value}


def _send_at(office: Office, typed: Typed, now: datetime, faults: dict[str, str]) -> datetime | None:
    if typed.when != AT:
        return None
    found = _moment(office, typed.send_at)
    if found is None or found <= now:
        faults["send_at"] = _fault(office, "send_at" if found is None else "send_at_past")
        return None
    return found.astimezone(now.tzinfo)


def _moment(office: Office, given: str) -> datetime | None:
    """A day and time as browsers write them, in the office's zone; None where it is none."""
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        return None
    return found.replace(tzinfo=office.calendar.zone) if found.tzinfo is None else None
