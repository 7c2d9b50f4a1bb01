"""Signing in and out, and a password by a setup code."""

from datetime import UTC, datetime

import segno
from flask import Blueprint, Response, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from bot.console import access, shown
from bot.errors import NotAllowed, NotFound, Spoken
from bot.pages import headers
from bot.services import work_queue
from bot.services.accounts import clients, rate, sessions, setting_up, signing_in
from bot.services.accounts.by_chat import beginning, pictures
from bot.services.accounts.by_chat import chat as chats
from bot.services.accounts.clients import Client, client
from bot.services.accounts.opening import Opened

SETUP = "setup code"  # instead of a name, where failures are counted
DEVICE, DEVICE_SECONDS = "wutong_console_device", 180 * 24 * 3600  # the cookie by which a browser is known
WAITS = "chat"  # in the form's session: the secret of a sign-in that waits for the telephone
LOOK_AGAIN = 1  # seconds

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/login")
def login() -> ResponseReturnValue:
    """The form. `next`: the page to go on to."""
    return _form()


@blueprint.post("/login")
def enter() -> ResponseReturnValue:
    """By name or telephone, password and, where it is set up, the one-time password."""
    given = request.form
    try:
        opened = signing_in.sign_in(
            access.the_office(),
            given.get("who", ""),
            given.get("password", ""),
            given.get("otp", ""),
            _client(),
            _now(),
        )
    except Spoken as refused:
        return _form(refused, who=given.get("who", "")[:64])
    return _open(opened)


@blueprint.get("/login/chat")
def chat() -> ResponseReturnValue:
    """The number that is sent to the account from the telephone; the page looks again until it was confirmed there."""
    office, waits = access.the_office(), session.get(WAITS)
    begun = None
    if not waits or request.args.get("new"):
        try:
            begun = beginning.begin_chat(office, _client(), _now())
        except Spoken as refused:
            return _form(refused)
        session[WAITS] = {
            "secret": begun.browser_secret,
            "code": begun.code,
            "next": access.own_address(request.args.get("next")),
        }
        work_queue.ask_for_sign_in(office.settings.redis)
    return _waiting(session[WAITS])


@blueprint.post("/login/chat")
def finish_chat() -> ResponseReturnValue:
    """Signed in where the telephone has confirmed it; the same page again where it has not yet."""
    waits = session.get(WAITS)
    if not waits:
        return redirect(url_for("console.sign_in.login"), 303)
    try:
        opened = chats.finish_chat(access.the_office(), waits["secret"], _client(), _now(), request.form.get("otp", ""))
    except Spoken as refused:
        if refused.key == chats.OTP_NEEDED:
            return _waiting(waits, _said(refused), otp=True)
        session.pop(WAITS, None)
        return _form(refused)
    if opened is None:
        return _waiting(waits)
    return _open(opened, waits.get("next"))


def _waiting(waits: dict[str, str], refused: str | None = None, *, otp: bool = False) -> ResponseReturnValue:
    """The QR code as we draw it, or the number alone where there is none; the page looks again while one may still come."""
    found = pictures.of_browser(access.the_office(), waits["secret"], _now())
    facts = {
        "code": waits["code"], "refused": refused, "otp": otp, "coming": found.is_coming,
        "picture": segno.make(found.address, error="m").svg_data_uri(scale=6, border=4) if found.address else None,
    }  # fmt: skip
    response = make_response(render_template("console/login_chat.html", **facts))
    if found.is_coming and not otp:
        response.headers["Refresh"] = f"{LOOK_AGAIN}; url={url_for('console.sign_in.chat')}"
    return response


@blueprint.route("/password", methods=["GET", "POST"])
def set_password() -> ResponseReturnValue:
    """The first password, or a new one, by a setup code."""
    refused = None
    if request.method == "POST":
        given = request.form
        try:
            if given.get("password") != given.get("again"):
                raise NotFound("console.account.differ")
            _set_password(given.get("code", ""), given.get("password", ""))
            shown.note("console.account.set", good=True)
            return redirect(url_for("console.sign_in.login"), 303)
        except Spoken as error:
            refused = _said(error)
    return render_template("console/password.html", refused=refused, code=request.values.get("code", "")[:40])


def _set_password(code: str, password: str) -> None:
    office, who = access.the_office(), _client()
    if not rate.may_sign_in(office, who, SETUP):
        raise NotAllowed("accounts.sign_in.often")
    try:
        setting_up.set_password(office, code, password, _now())
    except NotAllowed:
        rate.failed(office, who, SETUP)
        raise


@blueprint.post("/logout")
def leave() -> ResponseReturnValue:
    """The session ends."""
    sessions.end(access.the_office(), request.cookies.get(access.COOKIE, ""), _now())
    session.clear()
    response = redirect(url_for("console.sign_in.login"), 303)
    response.delete_cookie(access.COOKIE, path=access.PATH)
    return response


def _open(opened: Opened, after: str | None = None) -> ResponseReturnValue:
    """A new cookie at each sign-in; what the form's session held before is gone."""
    after = after or access.own_address(request.form.get("next")) or url_for(access.HOMES[0])
    session.clear()
    response = redirect(url_for("console.account.enrol") if opened.must_enrol else after, 303)
    response.set_cookie(
        access.COOKIE, opened.token, path=access.PATH, secure=headers.is_secure(), httponly=True, samesite="Lax",
        max_age=int(sessions.LONGEST.total_seconds()),
    )  # fmt: skip
    with access.the_office().db.reading() as tx:
        known = clients.remembered(tx, _client(), opened.person_id)
    response.set_cookie(
        DEVICE, known, path=access.PATH, secure=headers.is_secure(), httponly=True, samesite="Lax",
        max_age=DEVICE_SECONDS,
    )  # fmt: skip
    return response


def _form(refused: Spoken | None = None, who: str = "") -> str:
    after = access.own_address(request.values.get("next"))
    return render_template("console/login.html", refused=_said(refused) if refused else None, who=who, after=after)


def _said(error: Spoken) -> str:
    return access.the_office().say_on_page(error.key, **error.facts)


def _client() -> Client:
    return client(request.remote_addr, request.user_agent.string, request.cookies.get(DEVICE))


def _now() -> datetime:
    return datetime.now(UTC)


@blueprint.get("/<path:unknown>")
def missing(unknown: str) -> Response:
    """What is no page: as any page that is not for this person."""
    raise NotFound("console.error.404")
