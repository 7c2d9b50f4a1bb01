"""运行: queues, notices, the platform, versions, backups; failed notices are sent again."""

from datetime import UTC, datetime
from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console import access, shown
from bot.services.console import retrying, running
from bot.services.notices.words import wording

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> ResponseReturnValue:
    """How the service is at this moment."""
    office = access.the_office()
    found = running.show(office, access.seat(), datetime.now(UTC))
    return render_template("console/health.html", page=found, way=partial(wording.way, office.texts))


@blueprint.post("/health/retry")
def retry() -> ResponseReturnValue:
    """One failed notice, or all of a reason, once more."""
    number = request.form.get("notice", "")
    one = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None
    office, seat, now = access.the_office(), access.seat(), datetime.now(UTC)
    found = retrying.retry(office, seat, now, reason=request.form.get("reason", "")[:200], notice_id=one)
    if found.done:
        shown.note("console_people.health.retried", good=True, done=found.done)
    if found.left:
        shown.note("console_people.health.not_retried", left=found.left)
    return redirect(url_for("console.health.health"), 303)
