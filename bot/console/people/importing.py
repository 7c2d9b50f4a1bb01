"""The roster's file: uploaded, shown, confirmed."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console import access, shown
from bot.errors import NotFound, Spoken
from bot.services.console.people import importing
from bot.services.roster import BadRoster
from bot.services.roster.cells import MEGABYTES, MOST_BYTES

SHOWN = 200  # bad rows

blueprint = Blueprint("people_import", __name__)


@blueprint.get("/people/import")
def form() -> ResponseReturnValue:
    """Where the file is chosen."""
    return _form()


@blueprint.post("/people/import")
def upload() -> ResponseReturnValue:
    """Read the file; on to its preview, or the rows that are wrong."""
    file, replace = request.files.get("file"), bool(request.form.get("replace"))
    if file is None or not file.filename:
        return _form(refused="console_people.import.no_file", replace=replace), 422
    try:
        kept = importing.upload(
            access.the_office(), access.seat(), file.stream.read(MOST_BYTES + 1), datetime.now(UTC), replace=replace
        )
    except BadRoster as bad:
        return _form(bad=bad, replace=replace), 422
    return redirect(url_for("console.people_import.preview", key=kept), 303)


@blueprint.get("/people/import/<key>")
def preview(key: str) -> ResponseReturnValue:
    """Who comes, who changes, who goes."""
    try:
        found = importing.show(access.the_office(), access.seat(), key, datetime.now(UTC))
    except NotFound as gone:
        return _gone(gone)
    return render_template("console/people_preview.html", found=found, key=key)


@blueprint.post("/people/import/<key>")
def confirm(key: str) -> ResponseReturnValue:
    """It is written."""
    try:
        number = importing.confirm(access.the_office(), access.seat(), key, datetime.now(UTC))
    except NotFound as gone:
        return _gone(gone)
    except Spoken as refused:
        shown.refusal(refused)
        return redirect(url_for("console.people_import.preview", key=key), 303)
    shown.note("console_people.import.done", good=True, number=number)
    return redirect(url_for("console.people.people", bound="no"), 303)


@blueprint.post("/people/import/drop")
def give_up() -> ResponseReturnValue:
    """Nothing is written."""
    importing.give_up(access.the_office(), access.seat())
    shown.note("console_people.import.dropped", good=True)
    return redirect(url_for("console.people.people"), 303)


def _gone(gone: NotFound) -> ResponseReturnValue:
    shown.refusal(gone)
    return redirect(url_for("console.people_import.form"), 303)


def _form(*, bad: BadRoster | None = None, refused: str | None = None, replace: bool = False) -> str:
    rows = bad.rows if bad is not None else []
    return render_template(
        "console/people_import.html",
        bad=rows[:SHOWN],
        more=len(rows) - SHOWN,
        refused=refused,
        replace=replace,
        megabytes=MEGABYTES,
    )
