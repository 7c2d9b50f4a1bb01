"""APIs of access tokens, quotas, the platform's addresses and the JS ticket."""

import re
import secrets
from typing import Any

from flask import request

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.account.quotas import MINUTE, api_name
from tests.sandbox.account.tokens import LIFE
from tests.sandbox.api.call import OK, Call, Route

RID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{8}){2}")


def _check_account(call: Call, appid: object, secret: object) -> None:
    options = call.platform.options
    if not appid:
        raise PlatformError(41002)
    if appid != options.app_id:
        raise PlatformError(40013)
    if not secret:
        raise PlatformError(41004)
    if secret != options.secret:
        raise PlatformError(40125)


def token(call: Call) -> dict[str, Any]:
    if call.query.get("grant_type") != "client_credential":
        raise PlatformError(40002, "invalid grant_type")
    _check_account(call, call.query.get("appid"), call.query.get("secret"))
    made, life = call.platform.tokens.plain()
    return {"access_token": made, "expires_in": life}


def stable_token(call: Call) -> dict[str, Any]:
    if call.body.get("grant_type") != "client_credential":
        raise PlatformError(40002, "invalid grant_type")
    _check_account(call, call.body.get("appid"), call.body.get("secret"))
    made, life = call.platform.tokens.stable(call.body.get("force_refresh") is True)
    return {"access_token": made, "expires_in": life}


def clear_quota(call: Call) -> dict[str, Any]:
    if call.body.get("appid") != call.platform.options.app_id:
        raise PlatformError(40013)
    call.platform.quotas.clear()
    return OK


def clear_quota_v2(call: Call) -> dict[str, Any]:
    _check_account(call, call.body.get("appid"), call.body.get("appsecret"))
    call.platform.quotas.clear()
    return OK


def quota(call: Call) -> dict[str, Any]:
    path, quotas = str(call.body.get("cgi_path", "")), call.platform.quotas
    daily = quotas.daily(api_name(path))
    if daily is None:
        raise PlatformError(76021)
    used = quotas.used(api_name(path))
    rate = {"call_count": MINUTE.get(api_name(path), 0), "refresh_second": 60}
    return OK | {"quota": {"daily_limit": daily, "used": used, "remain": max(0, daily - used)}, "rate_limit": rate}


def request_of(call: Call) -> dict[str, Any]:
    """The call with this request id. PlatformError 76002 for an id of another form, 76001 for one that is not in the log."""
    rid = str(call.body.get("rid") or "")
    if not RID.fullmatch(rid):
        raise PlatformError(76002)
    found = call.platform.wire.failed(rid)
    if found is None:
        raise PlatformError(76001)
    return OK | {
        "request": {
            "invoke_time": int(found.at), "cost_in_ms": round(found.ms), "request_url": found.path.partition("?")[2],
            "request_body": found.body.decode("utf-8", "replace"), "client_ip": request.remote_addr,
            "response_body": found.answer.decode("utf-8", "replace"),
        }
    }  # fmt: skip


def callback_ips(call: Call) -> dict[str, Any]:
    return {"ip_list": ["127.0.0.1"]}


def check_callback(call: Call) -> dict[str, Any]:
    address = {"ip": "127.0.0.1", "real_operator": "DEFAULT"}
    ping = {"ip": "127.0.0.1", "from_operator": "DEFAULT", "package_loss": "0%", "time": "0.1ms"}
    return {"dns": [address], "ping": [ping]}


def js_ticket(call: Call) -> dict[str, Any]:
    return OK | {"ticket": secrets.token_urlsafe(64), "expires_in": LIFE}


ROUTES = (
    Route("GET", "/cgi-bin/token", token, token=False),
    Route("POST", "/cgi-bin/stable_token", stable_token, token=False),
    Route("POST", "/cgi-bin/clear_quota", clear_quota),
    Route("POST", "/cgi-bin/clear_quota/v2", clear_quota_v2, token=False),
    Route("POST", "/cgi-bin/openapi/quota/get", quota),
    Route("POST", "/cgi-bin/openapi/rid/get", request_of),
    Route("GET", "/cgi-bin/getcallbackip", callback_ips),
    Route("GET", "/cgi-bin/get_api_domain_ip", callback_ips),
    Route("POST", "/cgi-bin/callback/check", check_callback),
    Route("GET", "/cgi-bin/ticket/getticket", js_ticket),
)
