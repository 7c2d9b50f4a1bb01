"""统计: the figures of a period, on a page, as a workbook and as a report."""

from datetime import UTC, datetime
from typing import cast
from urllib.parse import quote

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from bot.characters import clean_line
from bot.console import access
from bot.errors import NotUnderstood
from bot.services.desk.figures import counted, periods, sections
from bot.services.desk.figures.counted import Asked, Figures, Recent
from bot.services.desk.figures.report import report
from bot.services.desk.figures.workbook import workbook

LONGEST = 40  # characters of a field
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RECENT = "console_figures"  # of the application's extensions

blueprint = Blueprint("figures", __name__)


@blueprint.get("/figures")
def page() -> ResponseReturnValue:
    """The page. A period that is none is refused, and what was typed stays."""
    try:
        found = _count()
    except NotUnderstood as refused:
        return _refused(refused)
    return _render(found)


@blueprint.get("/figures.xlsx")
def as_workbook() -> ResponseReturnValue:
    """The same as a workbook."""
    try:
        found = _count()
    except NotUnderstood as refused:
        return _refused(refused)
    return _file(found, workbook(access.the_office(), found), XLSX, "xlsx")


@blueprint.get("/figures.pdf")
def as_report() -> ResponseReturnValue:
    """The same as a report to be printed."""
    try:
        found = _count()
    except NotUnderstood as refused:
        return _refused(refused)
    return _file(found, report(access.the_office(), access.seat(), found), "application/pdf", "pdf")


def _asked() -> Asked:
    given = {name: clean_line(request.args.get(name, ""))[:LONGEST].strip() for name in ("period", "community")}
    days = {name: clean_line(request.args.get(name, ""))[:LONGEST].strip() for name in ("from", "until")}
    own = given["period"] in ("", periods.OWN)  # days that are left over from before count for nothing
    return Asked(
        "" if own else given["period"], days["from"] if own else "", days["until"] if own else "", given["community"]
    )


def _count() -> Figures:
    recent = cast(Recent, current_app.extensions.setdefault(RECENT, Recent()))
    return counted.count(access.the_office(), recent, access.seat(), _asked(), datetime.now(UTC))


def _render(found: Figures | None, why: str = "", status: int = 200) -> ResponseReturnValue:
    office, seat = access.the_office(), access.seat()
    facts = {
        "found": found, "why": why, "presets": [*periods.PERIODS, periods.OWN], "own": periods.OWN,
        "communities": counted.communities(office, seat), "whole": seat.rights.scope() is None,
        "chosen": found.community if found is not None else _asked().community,
        "preset": found.span.name if found is not None else periods.OWN,
        "first": found.span.first.isoformat() if found is not None else clean_line(request.args.get("from", ""))[:LONGEST],
        "last": found.span.last.isoformat() if found is not None else clean_line(request.args.get("until", ""))[:LONGEST],
    }  # fmt: skip
    if found is not None:
        facts["heading"], facts["days"] = sections.title(office, found), sections.period(office, found)
        facts["sections"], facts["at"] = sections.sections(office, found), found.at.astimezone(office.calendar.zone)
        facts["query"] = {"period": periods.OWN, "from": facts["first"], "until": facts["last"]} if (
            found.span.name == periods.OWN
        ) else {"period": found.span.name}  # fmt: skip
        if found.community is not None:
            facts["query"]["community"] = found.community
    return render_template("console/figures.html", **facts), status


def _refused(refused: NotUnderstood) -> ResponseReturnValue:
    return _render(None, access.the_office().say(refused.key, **refused.facts), 400)


def _file(found: Figures, content: bytes, mimetype: str, ending: str) -> ResponseReturnValue:
    """A download, named after what it holds (RFC 6266)."""
    office = access.the_office()
    called = quote(f"{sections.title(office, found)}{found.span.first:%Y%m%d}-{found.span.last:%Y%m%d}.{ending}")
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"figures-{found.span.first:%Y%m%d}.{ending}\"; filename*=UTF-8''{called}"
    )
    return answer
