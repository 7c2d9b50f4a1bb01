"""The work of members: invitations, open wishes, what is in hand; and one's own record."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.characters import clean
from bot.errors import NotUnderstood
from bot.h5 import access, shown
from bot.orders.rights import MEMBER
from bot.services import member_cards
from bot.services.h5 import acts, helping
from bot.services.h5.acts import Done
from bot.services.member_cards import FIELDS, Line

LONGEST = 200  # characters of what is typed in a field

blueprint = Blueprint("tasks", __name__)


@blueprint.get("/tasks")
def tasks() -> ResponseReturnValue:
    """What waits for this person."""
    found = helping.tasks(access.the_office(), access.seat(), datetime.now(UTC))
    return render_template("h5/tasks.html", tasks=found)


@blueprint.get("/record")
def record() -> ResponseReturnValue:
    """What this person has done."""
    found = helping.record(access.the_office(), access.seat(), datetime.now(UTC))
    return render_template("h5/record.html", record=found, has_card=access.seat().rights.holds(MEMBER))


@blueprint.get("/card")
def card() -> ResponseReturnValue:
    """The member's own card."""
    return _card(member_cards.own(access.the_office(), access.seat()))


@blueprint.post("/card")
def write_card() -> ResponseReturnValue:
    """What stands in it, and what residents may read. What may not stand there is shown again with the reason."""
    office, form = access.the_office(), request.form
    lines = [Line(name, clean(form.get(f"text-{name}", ""))[:LONGEST], f"open-{name}" in form) for name in FIELDS]
    try:
        member_cards.write(office, access.seat(), lines, datetime.now(UTC))
    except NotUnderstood as refused:
        return _card(lines, office.say_on_page(refused.key, **refused.facts)), 400
    shown.told(Done(office.say("card_fields.saved"), is_done=True))
    return redirect(url_for("h5.tasks.card"), 303)


def _card(lines: Sequence[Line], why: str = "") -> str:
    return render_template("h5/card.html", lines=lines, why=why)


@blueprint.post("/duty")
def duty() -> ResponseReturnValue:
    """Invited again, or not at present."""
    command = request.form.get("command", "")
    shown.told(acts.about_oneself(access.the_office(), access.seat(), command, datetime.now(UTC)))
    after = url_for("h5.tasks.record" if request.form.get("back") == "record" else "h5.tasks.tasks")
    return redirect(after, 303)
