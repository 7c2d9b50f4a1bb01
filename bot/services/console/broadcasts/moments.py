"""Times and hours of broadcasts in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.services.broadcasts.times import hours
from bot.services.console.broadcasts.wording import DAY
from bot.services.office import Office


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
