"""The work of members: invitations, open wishes, what is in hand; and one's own record."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.h5 import access, shown
from bot.services.h5 import acts, orders

blueprint = Blueprint("tasks", __name__)


@blueprint.get("/tasks")
def tasks() -> ResponseReturnValue:
    """What waits for this person."""
    found = orders.tasks(access.the_office(), access.seat(), datetime.now(UTC))
    return render_template("h5/tasks.html", tasks=found)


@blueprint.get("/record")
def record() -> ResponseReturnValue:
    """What this person has done."""
    found = orders.record(access.the_office(), access.seat(), datetime.now(UTC))
    return render_template("h5/record.html", cards=found)


@blueprint.post("/duty")
def duty() -> ResponseReturnValue:
    """Invited again, or not at present."""
    command = request.form.get("command", "")
    shown.told(acts.about_oneself(access.the_office(), access.seat(), command, datetime.now(UTC)))
    return redirect(url_for("h5.tasks.tasks"), 303)
