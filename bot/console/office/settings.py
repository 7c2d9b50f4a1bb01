"""设置: limits, working days, telephones and sentences, with what they were before."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.characters import clean, clean_line
from bot.console import access, shown
from bot.errors import NotFound, Spoken
from bot.services.console.settings import page as pages
from bot.services.console.settings import writing
from bot.services.console.settings.writing import Draft

MOST_FIELDS = 100

blueprint = Blueprint("settings", __name__)


@blueprint.get("/settings")
def page() -> ResponseReturnValue:
    """All of it; `year`: of these holidays."""
    return _page(None, "")


@blueprint.post("/settings")
def save() -> ResponseReturnValue:
    """One part changed; what is refused stays in its form."""
    fields = {name: _text(value) for name, value in list(request.form.items())[:MOST_FIELDS]}
    draft = Draft(clean_line(fields.get("part", "")), fields, _number(fields.get("row", "")) or 0)
    try:
        writing.save(access.the_office(), access.seat(), draft, datetime.now(UTC))
    except NotFound:
        raise
    except Spoken as refused:
        return _page(draft, access.the_office().say_on_page(refused.key, **refused.facts))
    shown.note("console_settings.saved", good=True)
    return _back()


@blueprint.post("/settings/restore")
def restore() -> ResponseReturnValue:
    """A part again as it was before a change."""
    row = _number(request.form.get("row", ""))
    try:
        writing.restore(access.the_office(), access.seat(), -1 if row is None else row, datetime.now(UTC))
    except NotFound:
        raise
    except Spoken as refused:
        shown.refusal(refused)
    else:
        shown.note("console_settings.restored", good=True)
    return _back()


def _page(draft: Draft | None, why: str) -> ResponseReturnValue:
    """`draft`: a form that was refused, and why."""
    year = _number(request.values.get("year", ""))
    found = pages.page(access.the_office(), access.seat(), year, datetime.now(UTC))
    part, typed = (draft.part, draft.fields) if draft is not None else ("", {})
    return render_template(
        "console/settings.html",
        page=found,
        part=part,
        typed=typed,
        why=why,
        communities=access.the_office().reader.communities(),
    )


def _back() -> ResponseReturnValue:
    return redirect(url_for("console.settings.page", year=_number(request.form.get("year", ""))), 303)


def _text(given: str) -> str:
    return clean(given).replace("\r\n", "\n")


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 18 else None
