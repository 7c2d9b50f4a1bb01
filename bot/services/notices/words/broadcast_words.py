"""The words of a broadcast that follow from its fields: a bulletin's heading, when and where a meeting is."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts import Texts


def heading(texts: Texts, title: str, year: int | None, number: int | None) -> str:
    """The title; a bulletin's begins with its number of the year."""
    return title if number is None else texts.say("outbox.bulletin", year=year, number=number, title=title)


def when(texts: Texts, details: Mapping[str, str] | None, zone: ZoneInfo) -> str:
    """When a meeting is, in this zone; empty where that is not said."""
    at, until = (
        datetime.fromisoformat(said).astimezone(zone) if (said := (details or {}).get(name)) else None
        for name in ("at", "until")
    )
    told = at.strftime(texts.template("outbox.when")) if at is not None else ""
    return told + (texts.say("outbox.until", time=until.strftime("%H:%M")) if until is not None else "")


def held(texts: Texts, details: Mapping[str, str] | None, zone: ZoneInfo) -> str:
    """When and where a meeting is, to stand after its text; empty for what is none."""
    if not details:
        return ""
    return "\n" + texts.say("outbox.meeting", when=when(texts, details, zone), place=details.get("place", ""))
