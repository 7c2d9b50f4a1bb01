"""审计: the rows of the audit, its check, and its export."""

from dataclasses import asdict, fields
from datetime import UTC, datetime

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from bot.characters import clean_line
from bot.console import access, downloads
from bot.services.console.audit_log import lines, log
from bot.services.console.audit_log.filters import Filters
from bot.store.records.chain import Checked

LONGEST = 64  # characters of a filter

blueprint = Blueprint("audit", __name__)


@blueprint.get("/audit")
def rows() -> ResponseReturnValue:
    """The newest rows; the filters stand in the address."""
    return _render(filters(request.args))


@blueprint.post("/audit/verify")
def verify() -> ResponseReturnValue:
    """The chain is checked, a long one from where it was verified last; the result stands above the rows."""
    found = log.verify(access.the_office(), access.seat(), datetime.now(UTC))
    return _render(filters(request.form), found)


@blueprint.post("/audit/export")
def export() -> ResponseReturnValue:
    """The rows that fit the filters as a workbook, on record."""
    office, now = access.the_office(), datetime.now(UTC)
    content = log.export(office, access.seat(), filters(request.form), now)
    day = now.astimezone(office.calendar.zone)
    return downloads.xlsx(content, f"{office.say('console_people.audit.title')}-{day:%Y%m%d}")


def filters(given: "MultiDict[str, str]") -> Filters:
    """The filters of an address or a form."""
    return Filters(**{each.name: clean_line(given.get(each.name, ""))[:LONGEST].strip() for each in fields(Filters)})


def _render(wanted: Filters, checked: Checked | None = None) -> str:
    office = access.the_office()
    found = log.show(office, access.seat(), wanted)
    kept = {name: value for name, value in asdict(wanted).items() if value and name != "after"}
    facts = {
        "page": found, "filters": wanted, "kept": kept, "acts": lines.acts(office), "checked": checked, "most": lines.MOST,
        "next": url_for("console.audit.rows", **kept, after=found.after) if found.after else None,
    }  # fmt: skip
    return render_template("console/audit.html", **facts)
