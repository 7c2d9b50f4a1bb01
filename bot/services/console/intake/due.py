"""The limit of a matter as a cell of a row has it."""

import re
from datetime import date, datetime, time, timedelta

from bot.services import intake
from bot.services.console.intake.entered import quoted
from bot.services.office import Office

DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?", re.ASCII)
SERIAL = re.compile(r"(\d{5})(\.\d+)?", re.ASCII)  # days since EPOCH, as Excel counts
EPOCH = datetime.combine(date(1899, 12, 30), time())
END_OF_DAY = time(23, 59)


def due_of(office: Office, typed: str, now: datetime) -> tuple[datetime | None, str]:
    """The moment, or what is wrong with it. A day alone, which Excel keeps as its midnight, is the end of that day."""
    if not typed:
        return None, ""
    local = _moment(typed)
    if local is None:
        return None, office.say("console_intake.bad.due", value=quoted(typed))
    at = local.replace(tzinfo=office.calendar.zone)
    if not intake.EARLIEST_DUE <= at <= now + intake.LATEST_DUE:
        return None, office.say("console_intake.bad.due_far", value=quoted(typed))
    return at, ""


def _moment(typed: str) -> datetime | None:
    try:
        if serial := SERIAL.fullmatch(typed):
            found = EPOCH + timedelta(days=float(serial[0]))
        elif said := DATE.fullmatch(typed):
            day = date(int(said[1]), int(said[2]), int(said[3]))
            found = datetime.combine(day, time(int(said[4] or 0), int(said[5] or 0)))
        else:
            return None
    except ValueError:
        return None
    found = (found + timedelta(seconds=1)).replace(second=0, microsecond=0)  # a part of a day is never quite a minute
    return datetime.combine(found, END_OF_DAY) if found.time() == time() else found
