"""API route of the office's measures."""

import re
from datetime import UTC, date, datetime, time, timedelta

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from bot.api import parameters
from bot.api.auth import needs, the_office, within_reach
from bot.characters import clean_line
from bot.services.reports import figures

KNOWN = frozenset({"from", "to", "community"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

blueprint = Blueprint("api_figures", __name__)


@blueprint.get("/figures")
@needs("figures:read")
def get_figures() -> ResponseReturnValue:
    """Read the measures of a period.

    Dates are days of the office's time zone. `to` as a date includes that whole day; `to` as a time is the end itself.
    Without `to` the period ends with today, without `from` it begins with the first day of the month of its end.
    A period has at most three years.
    """
    parameters.refuse_unknown(KNOWN)
    now, office = datetime.now(UTC), the_office()
    today = now.astimezone(office.calendar.zone).date()
    last = _boundary("to") or today
    end = _instant(last + timedelta(days=1)) if _is_day(last) else _instant(last)
    month = (end - timedelta(microseconds=1)).astimezone(office.calendar.zone).date().replace(day=1)
    first = _boundary("from") or month
    start, community = _instant(first), parameters.text("community")
    if start >= end:
        raise parameters.wrong("from", "is not before to")
    if end - start > figures.LONGEST:
        raise parameters.wrong("from", f"is more than {figures.LONGEST.days} days before the end of the period")
    if community is not None and community not in office.reader.communities():
        raise parameters.wrong("community", "is not one of the office's")
    community = within_reach(community)
    asked = {"from": _shown(first), "to": _shown(last), "community": community}
    return asked | figures.measure(office, start, end, community, now)


def _boundary(name: str) -> date | None:
    """The parameter: a date of the office's time zone, or a moment in UTC. None where it is missing. Problem 400."""
    given = request.args.get(name)
    if given is None:
        return None
    moment = parameters.parse_moment(name, clean_line(given))
    if not 1 < moment.year < 9999:
        raise parameters.wrong(name, "is out of range")
    return moment.astimezone(the_office().calendar.zone).date() if _DAY.fullmatch(clean_line(given)) else moment


def _is_day(boundary: date) -> bool:
    return not isinstance(boundary, datetime)


def _instant(boundary: date) -> datetime:
    """The moment itself, or the first moment of the date, in UTC."""
    if isinstance(boundary, datetime):
        return boundary
    return datetime.combine(boundary, time.min, the_office().calendar.zone).astimezone(UTC)


def _shown(boundary: date) -> str:
    if isinstance(boundary, datetime):
        return boundary.astimezone(the_office().calendar.zone).isoformat(timespec="seconds")
    return boundary.isoformat()
