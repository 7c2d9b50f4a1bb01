"""Audience, times and ways of a broadcast in words for staff."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.broadcasts.audience import Audience
from bot.services.broadcasts.times import hours
from bot.services.office import Office
from bot.store.broadcasts.lists import GROUPS

LISTED = "、"
SHOWN = 12  # names that a sentence holds


def role_words(office: Office) -> Mapping[str, str]:
    """By role, its name."""
    known: Mapping[str, str] = office.texts.sentences["broadcast"]["roles"]
    return {role: word for word, role in known.items()}


def audience(office: Office, meant: Audience) -> str:
    """Whom it is for, part by part."""
    words = role_words(office)
    values: dict[str, Sequence[str]] = {name: getattr(meant, name) for name in (*GROUPS, "names")}
    values["role"] = [words.get(role, role) for role in meant.role]
    parts = [_some(office, each) for each in values.values() if each]
    said = office.say("console_broadcasts.and").join(parts) or office.say("console_broadcasts.everybody")
    return (
        office.say("console_broadcasts.except", audience=said, names=_some(office, meant.exclude))
        if meant.exclude
        else said
    )


def _some(office: Office, values: Sequence[str]) -> str:
    said = LISTED.join(values[:SHOWN])
    more = len(values) > SHOWN
    return office.say("console_broadcasts.and_more", names=said, number=len(values)) if more else said


def moment(office: Office, at: datetime, now: datetime) -> str:
    """Day, weekday and time in the office's zone."""
    here, local = at.astimezone(office.calendar.zone), now.astimezone(office.calendar.zone)
    weekdays: Sequence[str] = office.texts.sentences["console_broadcasts"]["weekdays"]
    year, weekday = office.texts.year(here, local), weekdays[here.weekday()]
    return office.say("console_broadcasts.moment", at=here, year=year, weekday=weekday)


def meeting(office: Office, details: Mapping[str, Any] | None, now: datetime) -> str:
    """When and where; empty for what is no meeting."""
    if not details or not details.get("at"):
        return ""
    at = moment(office, datetime.fromisoformat(details["at"]), now)
    if details.get("until"):
        until = datetime.fromisoformat(details["until"]).astimezone(office.calendar.zone)
        at = office.say("console_broadcasts.until", at=at, until=until)
    return office.say("console_broadcasts.meeting", at=at, place=details.get("place", ""))


DAY = 24 * 60  # minutes


def open_hours(office: Office) -> str:
    """The hours in which broadcasts go out; empty where they go out at any."""
    within = hours(office.settings)
    if (within.opens, within.closes) == (0, DAY):
        return ""
    return office.say("console_broadcasts.hours", opens=_clock(within.opens), closes=_clock(within.closes))


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def start(office: Office, send_at: datetime | None, now: datetime) -> str:
    """When it begins once it is approved."""
    wanted = send_at or now
    first = hours(office.settings).first_open(wanted)
    if first != wanted:
        return office.say("console_broadcasts.start.later", at=moment(office, first, now), hours=open_hours(office))
    if send_at is None:
        return office.say("console_broadcasts.start.now")
    return office.say("console_broadcasts.start.at", at=moment(office, send_at, now))
