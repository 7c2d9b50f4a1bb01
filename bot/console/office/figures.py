"""统计: the figures of a period, on a page, as a workbook and as a report."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast
from urllib.parse import quote

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from bot.characters import clean_line
from bot.console import access
from bot.errors import NotUnderstood
from bot.services.console.figures import counted, periods, sections
from bot.services.console.figures.counted import Asked, Figures, Recent
from bot.services.console.figures.report import report
from bot.services.console.figures.workbook import workbook

LONGEST = 40  # characters of a field
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RECENT = "console_figures"  # of the application's extensions

blueprint = Blueprint("figures", __name__)


@blueprint.get("/figures")
def page() -> ResponseReturnValue:
    """The page. A period that is none is refused, and what was typed stays."""
    return _of_period(_render)


@blueprint.get("/figures.xlsx")
def as_workbook() -> ResponseReturnValue:
    """The same as a workbook."""
    return _of_period(lambda found: _file(found, workbook(access.the_office(), found), XLSX, "xlsx"))


@blueprint.get("/figures.pdf")
def as_report() -> ResponseReturnValue:
    """The same as a report to be printed."""
    return _of_period(
        lambda found: _file(found, report(access.the_office(), access.seat(), found), "application/pdf", "pdf")
    )


def _of_period(show: Callable[[Figures], ResponseReturnValue]) -> ResponseReturnValue:
    try:
        found = _count()
    except NotUnderstood as refused:
        return _refused(refused)
    return show(found)


def _asked() -> Asked:
    period, first, last, community = (_given(name) for name in ("period", "from", "to", "community"))
    return Asked("" if period == periods.OWN else period, first, last, community)


def _given(name: str) -> str:
    return clean_line(request.args.get(name, ""))[:LONGEST].strip()


def _count() -> Figures:
    recent = cast(Recent, current_app.extensions.setdefault(RECENT, Recent()))
    return counted.count(access.the_office(), recent, access.seat(), _asked(), datetime.now(UTC))


def _render(found: Figures | None, why: str = "", status: int = 200) -> ResponseReturnValue:
    office, seat, asked = access.the_office(), access.seat(), _asked()
    facts = {
        "why": why, "presets": periods.PERIODS, "communities": counted.communities(office, seat),
        "whole": seat.rights.scope() is None, "query": _query(asked, found), "first": asked.first, "last": asked.last,
        "chosen": found.community if found is not None else asked.community,
        "preset": found.span.name if found is not None else asked.period,
    }  # fmt: skip
    if found is not None:
        facts |= {
            "sections": sections.sections(office, found), "heading": sections.title(office, found),
            "days": sections.period(office, found), "at": found.at.astimezone(office.calendar.zone),
        }  # fmt: skip
    return render_template("console/figures.html", **facts), status


def _query(asked: Asked, found: Figures | None) -> dict[str, str]:
    """The same figures in an address."""
    community = (found.community if found is not None else asked.community) or ""
    known = {"period": asked.period, "from": asked.first, "to": asked.last, "community": community}
    return {name: value for name, value in known.items() if value}


def _refused(refused: NotUnderstood) -> ResponseReturnValue:
    return _render(None, access.the_office().say_on_page(refused.key, **refused.facts), 400)


def _file(found: Figures, content: bytes, mimetype: str, ending: str) -> ResponseReturnValue:
    """A download, named after what it holds (RFC 6266)."""
    office = access.the_office()
    called = quote(f"{sections.title(office, found)}{found.span.first:%Y%m%d}-{found.span.last:%Y%m%d}.{ending}")
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"figures-{found.span.first:%Y%m%d}.{ending}\"; filename*=UTF-8''{called}"
    )
    return answer
