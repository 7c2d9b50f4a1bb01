"""One's own account: where one is signed in, the password, and the second factor."""

from datetime import UTC, datetime

import segno
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console import access, shown
from bot.errors import NotAllowed, NotFound, Spoken
from bot.services.accounts import enrolling, own_sessions, setting_up, totp
from bot.services.console.orders import cards

blueprint = Blueprint("account", __name__)


@blueprint.get("/account")
def account() -> ResponseReturnValue:
    """Where one is signed in, and the password."""
    return _account()


@blueprint.post("/account/password")
def change_password() -> ResponseReturnValue:
    """Another password; the other sessions end."""
    known, given = access.signed(), request.form
    try:
        if given.get("password") != given.get("again"):
            raise NotFound("console.account.differ")
        setting_up.change_password(
            access.the_office(),
            known.person_id,
            given.get("old", ""),
            given.get("password", ""),
            _now(),
            known.session_id,
            given.get("otp", ""),
        )
    except Spoken as error:
        return _account(_said(error))
    shown.note("console.account.changed", good=True)
    return redirect(url_for("console.account.account"), 303)


@blueprint.post("/account/sessions/<int(max=999999999999999):number>/end")
def end(number: int) -> ResponseReturnValue:
    """One's own session somewhere else ends."""
    given = request.form
    try:
        own_sessions.end_session(
            access.the_office(), access.signed(), number, _now(), given.get("old", ""), given.get("otp", "")
        )
    except NotAllowed as error:
        return _account(_said(error))
    shown.note("console.account.ended", good=True)
    return redirect(url_for("console.account.account"), 303)


@blueprint.route("/account/totp", methods=["GET", "POST"])
def enrol() -> ResponseReturnValue:
    """Set up one-time passwords: scan, then type one."""
    known, office, refused = access.signed(), access.the_office(), None
    if request.method == "POST":
        try:
            given = request.form
            enrolling.confirm_totp(office, known.session_id, given.get("otp", ""), given.get("old", ""), _now())
            shown.note("console.account.enrolled", good=True)
            return redirect(url_for(access.HOMES[0]), 303)
        except Spoken as error:
            refused = _said(error)
    begun = enrolling.begin_totp(office, known.session_id, _now())  # the same secret until it is confirmed
    picture = segno.make(begun.uri, error="m").svg_data_uri(scale=5)
    return render_template("console/totp.html", secret=begun.secret, picture=picture, refused=refused)


def _account(refused: str | None = None) -> str:
    known = access.signed()
    found = own_sessions.sessions_of(access.the_office(), known.person_id, _now())
    facts = {
        "sessions": found, "own": known.session_id, "refused": refused,
        "has_totp": totp.has(access.the_office(), known.person_id),
        "in_hand": [] if access.may_open(access.HOMES[0]) else cards.in_hand(access.the_office(), access.seat(), _now()),
    }  # fmt: skip
    return render_template("console/account.html", **facts)


def _said(error: Spoken) -> str:
    return access.the_office().say_on_page(error.key, **error.facts)


def _now() -> datetime:
    return datetime.now(UTC)
