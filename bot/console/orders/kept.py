"""What a person keeps for the work: saved views and replies, orders put aside, who else looks at an order."""

from datetime import UTC, datetime, time, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.characters import clean, clean_line
from bot.console import access, asked_first, shown
from bot.console.orders import board, orders
from bot.errors import Spoken
from bot.services.console import asides, presence, views
from bot.services.console import replies as kept_replies
from bot.services.console.acts import ACTIONS
from bot.services.console.orders import finding

blueprint = Blueprint("kept", __name__)


@blueprint.post("/views")
def save_view() -> ResponseReturnValue:
    """The board's filters, which stand in this address too, under a name."""
    form, query = request.form, request.query_string.decode("utf-8", "replace")
    try:
        views.save_view(
            access.the_office(), access.seat(), clean_line(form.get("name", "")), query, shared="shared" in form
        )
    except Spoken as refused:
        return board.render(why=shown.refused(refused))
    shown.note("console.views.saved", good=True)
    return redirect(board.here(), 303)


@blueprint.post("/views/<int(max=999999999999999):number>/drop")
def drop_view(number: int) -> ResponseReturnValue:
    """One's own view is gone."""
    views.drop_view(access.the_office(), access.seat(), number)
    return redirect(url_for("console.board.board"), 303)


@blueprint.get("/replies")
def replies() -> ResponseReturnValue:
    """The replies that are used again, and a form for one more."""
    return _replies()


@blueprint.post("/replies")
def save_reply() -> ResponseReturnValue:
    """One more."""
    form = request.form
    try:
        kept_replies.save_reply(
            access.the_office(),
            access.seat(),
            clean_line(form.get("name", "")),
            form.get("command", ""),
            clean(form.get("words", "")),
        )
    except Spoken as refused:
        return _replies(shown.refused(refused))
    return redirect(url_for("console.kept.replies"), 303)


@blueprint.post("/replies/<int(max=999999999999999):number>/drop")
def drop_reply(number: int) -> ResponseReturnValue:
    """The office has it no more."""
    asked_first.check("drop_reply")
    kept_replies.drop_reply(access.the_office(), access.seat(), number)
    return redirect(url_for("console.kept.replies"), 303)


@blueprint.post("/orders/<code>/aside")
def aside(code: str) -> ResponseReturnValue:
    """Put aside until a day, or until something happens to the order; without either it is taken back."""
    office, seat, now, form = access.the_office(), access.seat(), datetime.now(UTC), request.form
    try:
        if form.get("back_again"):
            said = asides.take_back(office, seat, clean_line(code))
        else:
            said = asides.put_aside(office, seat, clean_line(code), _until(form.get("until", "")), now)
        shown.say(said)
    except Spoken as refused:
        if refused.key == "refused.no_such_order":
            raise
        return orders.render(clean_line(code), why=shown.refused(refused))
    return redirect(orders.back(code), 303)


@blueprint.get("/orders/<code>/presence")
def look(code: str) -> ResponseReturnValue:
    """Who else looks at the order; asked again and again by its page."""
    office, seat, now = access.the_office(), access.seat(), datetime.now(UTC)
    finding.may_open(office, seat, clean_line(code))
    others = presence.look(office, seat, clean_line(code), types=request.args.get("types") == "1", now=now)
    return render_template("console/presence.html", others=others)


def _until(given: str) -> datetime | None:
    """The morning of a day; None where none is given. A day that is none is one that has passed."""
    if not given:
        return None
    zone = access.the_office().calendar.zone
    try:
        day = datetime.strptime(given, "%Y-%m-%d").replace(tzinfo=zone)
    except ValueError:
        return datetime.now(UTC) - timedelta(days=1)
    return datetime.combine(day.date(), time(8), zone)


def _replies(refused: str | None = None) -> str:
    commands = [command for command in ("explain", "refer", "ask", "unmet", "reject", "tell") if command in ACTIONS]
    return render_template(
        "console/replies.html", replies=kept_replies.replies(access.the_office()), commands=commands, refused=refused,
    )  # fmt: skip
