"""Signing in by the platform's OAuth, without a question to the person (`snsapi_base`)."""

import secrets
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.errors import NotAllowed, NotFound, Spoken
from bot.h5 import access
from bot.pages import headers
from bot.services import work_queue
from bot.services.accounts import rate
from bot.services.h5 import sessions, signing_in

BROWSER = "wutong_h5_browser"  # the cookie by which a state and a sign-in belong to this browser
BROWSER_SECONDS = 3600
HOME = "h5.own.home"
MOST = 300  # of one address, which a telephone network shares among many
LOOK_AGAIN = "1"  # seconds

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
def again() -> ResponseReturnValue:
    """To the platform, which sends the person back with a code. `after`: the page to go on to."""
    office, after = access.the_office(), _after()
    browser = request.cookies.get(BROWSER) or secrets.token_hex(16)
    query = {
        "appid": office.settings.wechat_app_id,
        "redirect_uri": f"{office.settings.public}{url_for('h5.sign_in.back')}?{urlencode({'after': after})}",
        "response_type": "code", "scope": "snsapi_base",
        "state": signing_in.new_state(office, browser, after, datetime.now(UTC)),
    }  # fmt: skip
    address = (
        f"{office.settings.wechat_open_url.rstrip('/')}/connect/oauth2/authorize?{urlencode(query)}#wechat_redirect"
    )
    response = redirect(address, 303)
    response.set_cookie(
        BROWSER,
        browser,
        path=access.PATH,
        secure=headers.is_secure(),
        httponly=True,
        samesite="Lax",
        max_age=BROWSER_SECONDS,
    )
    return response


@blueprint.get("/signed-in")
def back() -> ResponseReturnValue:
    """The person comes back with state and code."""
    office, given, after = access.the_office(), request.args, _after()
    if not rate.may_try(office, f"h5 {request.remote_addr}", MOST):  # junk codes must not fill the queue of all
        return _failed(NotAllowed("h5.sign_in.slow"))
    try:
        number = signing_in.came_back(
            office,
            given.get("state", ""),
            given.get("code", ""),
            request.cookies.get(BROWSER, ""),
            after,
            datetime.now(UTC),
        )
    except Spoken as refused:
        return _failed(refused)
    work_queue.ask_for_sign_in(office.settings.redis)
    return redirect(url_for("h5.sign_in.wait", number=number, after=after), 303)


@blueprint.get("/sign-in/<int(max=999999999999999):number>")
def wait(number: int) -> ResponseReturnValue:
    """Until a worker has asked the platform who it is; the page looks again by itself, or by its link."""
    office, after = access.the_office(), _after()
    try:
        token = signing_in.finish(office, number, request.cookies.get(BROWSER, ""), datetime.now(UTC))
    except Spoken as refused:
        return _failed(refused)
    if token is None:
        response = Response(
            render_template("h5/waiting.html", here=url_for("h5.sign_in.wait", number=number, after=after))
        )
        response.headers["Refresh"] = LOOK_AGAIN
        return response
    signed = redirect(after, 303)
    signed.set_cookie(
        access.COOKIE, token, path=access.PATH, secure=headers.is_secure(), httponly=True, samesite="Lax",
        max_age=int(sessions.LONGEST.total_seconds()),
    )  # fmt: skip
    signed.delete_cookie(BROWSER, path=access.PATH)
    return signed


@blueprint.post("/leave")
def leave() -> ResponseReturnValue:
    """The session ends here."""
    sessions.end(access.the_office(), request.cookies.get(access.COOKIE, ""))
    response = Response(render_template("h5/left.html"))
    response.delete_cookie(access.COOKIE, path=access.PATH)
    return response


@blueprint.get("/<path:unknown>")
def missing(unknown: str) -> ResponseReturnValue:
    """What is no page: as any page that is not for this person."""
    raise NotFound("h5.error.404")


def _after() -> str:
    return access.own_address(request.args.get("after")) or url_for(HOME)


def _failed(refused: Spoken) -> ResponseReturnValue:
    said = access.the_office().say_on_page(refused.key, **refused.facts)
    return render_template("h5/failed.html", said=said, after=_after()), 403
