"""通知: what one got as one of many, the whole text of each, whether one comes to a meeting, and what one wishes to get."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.broadcasts.life import NO_DUTY
from bot.characters import clean, clean_line
from bot.h5 import access, shown
from bot.services.h5 import broadcasts as use
from bot.services.h5.acts import Done

blueprint = Blueprint("broadcasts", __name__)


@blueprint.get("/broadcasts")
def mine() -> ResponseReturnValue:
    """Those that came, and what the person wishes to get."""
    found, wishes = use.listed(access.the_office(), access.seat(), datetime.now(UTC))
    is_staff = bool(access.seat().rights.roles)
    return render_template("h5/broadcasts.html", found=found, wishes=wishes, kinds=NO_DUTY, is_on_roster=is_staff)


@blueprint.post("/broadcasts/wishes")
def wish() -> ResponseReturnValue:
    """What the person wishes to get from now on."""
    use.wish(access.the_office(), access.seat(), request.form, datetime.now(UTC))
    shown.told(Done(access.the_office().say("h5.broadcast.wished"), is_done=True))
    return redirect(url_for("h5.broadcasts.mine"), 303)


@blueprint.get("/broadcasts/<int:number>")
def page(number: int) -> ResponseReturnValue:
    """The whole text of one, of its recipients."""
    return _render(number)


@blueprint.post("/broadcasts/<int:number>/<command>")
def act(number: int, command: str) -> ResponseReturnValue:
    """Got it; coming; not coming, with the reason."""
    office, words = access.the_office(), clean(request.form.get("words", "")).strip()
    if command == "leave" and not words:
        return _render(number, why=office.say("h5.broadcast.no_reason"), status=400)
    done = use.act(office, access.seat(), command, number, words, datetime.now(UTC))
    if not done.is_done:
        return _render(number, why=done.said, typed=words, status=409)
    shown.told(done)
    return redirect(url_for("h5.broadcasts.page", number=number), 303)


@blueprint.get("/broadcasts/<int:number>/sign-in")
def sign_in(number: int) -> ResponseReturnValue:
    """Where the host's code leads: whoever is invited and scans it in time is there."""
    code = clean_line(request.args.get("code", ""))
    shown.told(use.sign_in(access.the_office(), access.seat(), number, code, datetime.now(UTC)))
    return redirect(url_for("h5.broadcasts.page", number=number), 303)


def _render(number: int, *, why: str = "", typed: str = "", status: int = 200) -> ResponseReturnValue:
    found = use.show(access.the_office(), access.seat(), number, datetime.now(UTC))
    return render_template("h5/broadcast.html", each=found, why=why, typed=typed), status
