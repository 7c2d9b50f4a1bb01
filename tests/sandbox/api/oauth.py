"""Web sign-in inside WeChat: the consent page, and the APIs that redeem its code."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from flask import Response, render_template

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.account.oauth import REFRESH_SECONDS, TOKEN_SECONDS, Login
from tests.sandbox.api.call import OK, Call, Route
from tests.sandbox.platform import Platform
from tests.sandbox.users.users import new_openid

SCOPES = ("snsapi_base", "snsapi_userinfo")


def authorize(platform: Platform, query: Mapping[str, str]) -> Response:
    """Show who may sign in, or sign in `sandbox_openid` at once. `sandbox_snapshot=1` gives a virtual openid."""
    back = query.get("redirect_uri", "")
    bad = query.get("appid") != platform.options.app_id or query.get("scope") not in SCOPES
    if bad or not back.startswith(("http://", "https://")) or query.get("response_type") != "code":
        return Response(render_template("authorize.html", error="参数错误", people=[], account=""), 400)
    openid = query.get("sandbox_openid")
    if not openid:
        people = [(user.person, f"?{urlencode({**query, 'sandbox_openid': user.openid})}") for user in platform.users]
        page = render_template("authorize.html", error="", people=people, account=platform.options.account_name)
        return Response(page)
    snapshot = query.get("sandbox_snapshot") == "1"
    with platform.lock:
        code = platform.logins.grant(new_openid() if snapshot else openid, query["scope"], snapshot)
    return _back(back, code, query.get("state", ""))


def _back(address: str, code: str, state: str) -> Response:
    parts = urlsplit(address)
    added = f"code={code}&state={quote(state)}"
    joined = f"{parts.query}&{added}" if parts.query else added
    return Response(status=302, headers={"Location": urlunsplit(parts._replace(query=joined))})


def access_token(call: Call) -> dict[str, Any]:
    options = call.platform.options
    if call.query.get("appid") != options.app_id:
        raise PlatformError(40013)
    if call.query.get("secret") != options.secret:
        raise PlatformError(40125)
    login, token, refresh = call.platform.logins.redeem(call.query.get("code", ""))
    return _granted(login, token, refresh) | ({"is_snapshotuser": 1} if login.snapshot else {})


def refresh_token(call: Call) -> dict[str, Any]:
    refresh = call.query.get("refresh_token", "")
    login, token = call.platform.logins.refresh(refresh)
    return _granted(login, token, refresh)


def _granted(login: Login, token: str, refresh: str) -> dict[str, Any]:
    return {
        "access_token": token, "expires_in": TOKEN_SECONDS, "refresh_token": refresh, "openid": login.openid,
        "scope": login.scope, "refresh_expires_in": REFRESH_SECONDS,
    }  # fmt: skip


def user_info(call: Call) -> dict[str, Any]:
    openid = call.query.get("openid", "")
    login = call.platform.logins.holder(call.query.get("access_token", ""), openid)
    if login.scope != "snsapi_userinfo":
        raise PlatformError(48001)
    user = call.platform.users.find(openid)
    name = user.person.name if user else "微信用户"
    empty = {"sex": 0, "language": "", "city": "", "province": "", "country": "", "headimgurl": "", "privilege": []}
    return {"openid": openid, "nickname": name, **empty}


def check(call: Call) -> dict[str, Any]:
    call.platform.logins.holder(call.query.get("access_token", ""), call.query.get("openid", ""))
    return OK


ROUTES = (
    Route("GET", "/sns/oauth2/access_token", access_token, token=False),
    Route("GET", "/sns/oauth2/refresh_token", refresh_token, token=False),
    Route("GET", "/sns/userinfo", user_info, token=False),
    Route("GET", "/sns/auth", check, token=False),
)
