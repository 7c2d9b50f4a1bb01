"""The control API: tests and the chat page act as users here, look at what arrived, and switch faults.

JSON in, JSON out, below /sandbox. A wrong request is 400 `{"error"}`. An unknown openid becomes a new user.

    GET    /users                        everybody: openid, name, role, subscribed, blocked, windows, consents, received (how many messages)
    POST   /users                        {openid? | openids? | count?, name?, subscribed?, window?: "message"|"click"} -> {openids}
    POST   /users/OPENID/say             one of text, image (base64, or "" for a sample), voice {recognition?, data?},
                                         video {data?}, location {lat, lng, label}, link {title, description, url},
                                         event "NAME" with fields {…}, message {any fields}; and
                                         msg_id?: send this MsgId; copies?: so many at the same time;
                                         deliveries?: exactly so many one after another; wait?: false to return at once
                                         -> {status, reply, raw, deliveries}; status: answered, silent, failed, paused
    POST   /users/OPENID/follow          {scene?}      /unfollow      /scan {scene}      /block {on?: bool}
    POST   /users/OPENID/click           {key}: a menu button of type click
    POST   /users/OPENID/view            {url}: a menu button of type view
    POST   /users/OPENID/menu_click      {id, content}: a line of a msgmenu, or a weixin://bizmsgmenu link
    POST   /users/OPENID/consent         {template_id, accept?: true, once?: false}: long-term unless once
    GET    /users/OPENID/inbox?since=    {items}: what reached the phone (own=1: also what the user sent), each
                                         {seq, at, kind, type, text, content, msgid}; kind: passive, kf, template,
                                         subscription, mass, sms, notice, own
    GET    /sent?since=                  {sent}: accepted sends {seq, at, api, openid, payload, msgid, duplicate}
    GET    /wire?since=                  {wire}: exchanges in both directions
    GET    /counters                     {calls: {api: n}, sent, duplicates}; calls of any outcome
    GET    /faults                       what is on (the names stand in faults.py)
    POST   /faults                       switch some on; token_expired also takes "once": all tokens end now
    DELETE /faults                       all off, and an end to the pause after failed pushes
    POST   /clock                        {advance_seconds} -> {now}
    POST   /verify                       the console's check of the service's address -> {ok}
    DELETE /state                        as freshly started; tokens and the clock stay
    GET    /updates?since=&wire=&openids=a,b    all the chat page needs, in one answer
    ...    /stories/…                     stories told on the phones (stories/control.py)
    GET    /media/ID                     a file
    POST   /media                        {type, name, mime, data: base64} -> {media_id}: a file of any kind to fetch
"""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response, request

from tests.sandbox.account.cards import title_of
from tests.sandbox.account.errors import PlatformError
from tests.sandbox.platform import Platform
from tests.sandbox.pushing.incoming import from_base64
from tests.sandbox.users import doings
from tests.sandbox.users.doings import Body, user_of
from tests.sandbox.users.users import User, new_openid

LISTED_MOST = 400  # people a page can choose from
WIRE_SHOWN = 100


def blueprint(platform: Platform) -> Blueprint:
    """All of it below /sandbox."""
    made = Blueprint("control", __name__, url_prefix="/sandbox")
    for method, rule, handle in ROUTES:
        made.add_url_rule(rule, f"{method} {rule}", partial(_serve, platform, handle), methods=[method])
    return made


def _serve(platform: Platform, handle: Callable[..., Any], **where: str) -> Response:
    try:
        body = request.get_json(force=True) if request.content_length else {}
        answer = handle(platform, body, **where)
    except (ValueError, KeyError, TypeError) as error:
        return Response(json.dumps({"error": f"{type(error).__name__}: {error}"}), 400, mimetype="application/json")
    except PlatformError as error:
        return Response(json.dumps({"error": str(error)}), 404, mimetype="application/json")
    if isinstance(answer, Response):
        return answer
    return Response(json.dumps(answer, ensure_ascii=False), mimetype="application/json")


# ---- people


def people(platform: Platform, body: Body) -> Any:
    return {"users": [_about(platform, user) for user in platform.users]}


def _about(platform: Platform, user: User) -> dict[str, Any]:
    now, windows = platform.clock.now(), user.windows
    left = {
        name: w.left if w.until > now else 0 for name, w in (("message", windows.message), ("click", windows.click))
    }
    consents = [key for key, consent in user.consents.items() if consent.always or consent.once]
    return user.person.as_json() | {
        "subscribed": user.subscribed, "blocked": platform.refuses(user), "shut": platform.faults.shuts(user.openid),
        "windows": left, "consents": consents, "received": user.received,
    }  # fmt: skip


def create_people(platform: Platform, body: Body) -> Any:
    given = [body["openid"]] if "openid" in body else body.get("openids")
    openids = [str(each) for each in given] if given else [new_openid() for _ in range(int(body.get("count", 1)))]
    now = platform.clock.now()
    with platform.lock:
        for openid in openids:
            user = platform.users.get_or_create(openid, now, str(body.get("name") or ""))
            user.subscribed = bool(body.get("subscribed", True))
            if body.get("window") == "message":
                user.windows.spoke(now)
            elif body.get("window") == "click":
                user.windows.clicked(now)
    return {"openids": openids}


# ---- looking


def _since(name: str = "since") -> int:
    return int(request.args.get(name) or 0)


def inbox(platform: Platform, body: Body, openid: str) -> Any:
    own = request.args.get("own") == "1"
    items = platform.items_since(_since(), [user_of(platform, openid)])[openid]
    return {"items": [item for item in items if own or item["kind"] != "own"]}


def sent(platform: Platform, body: Body) -> Any:
    since = _since()
    with platform.lock:
        return {"sent": [row for row in platform.sent if row["seq"] > since]}


def short_messages(platform: Platform, body: Body) -> Any:
    with platform.lock:
        return {"taken": platform.sms.as_json(), "posts": list(platform.sms.posts)}


def report(platform: Platform, body: Body) -> Any:
    with platform.lock:
        for one in platform.sms.taken:
            platform.sms.report(one, body["status"], push=False)
    return {}


def push_receipt(platform: Platform, body: Body) -> Any:
    """Push this as an SMS provider pushes receipts; what the service answered."""
    status, text = platform.sms.push(body["receipt"])
    return {"status": status, "text": text}


def wire(platform: Platform, body: Body) -> Any:
    return {"wire": platform.wire.since(_since())}


def counters(platform: Platform, body: Body) -> Any:
    with platform.lock:
        duplicates = sum(row["duplicate"] for row in platform.sent)
        return {"calls": dict(platform.calls), "sent": len(platform.sent) - duplicates, "duplicates": duplicates}


def updates(platform: Platform, body: Body) -> Any:
    openids = [openid for openid in request.args.get("openids", "").split(",") if openid]
    with platform.lock:
        users = [user for user in map(platform.users.find, openids) if user is not None]
        return {
            "epoch": platform.epoch, "now": platform.clock.now(), "account": platform.options.account_name,
            "service": platform.options.service_url, "mode": platform.options.mode,
            "paused": platform.pusher.paused(), "faults": platform.faults.as_json(),
            "users": [_about(platform, user) for user in list(platform.users)[:LISTED_MOST]],
            "items": platform.items_since(_since(), users),
            "menus": {user.openid: platform.menus.for_tags(user.tags) or [] for user in users},
            "templates": [{"id": t.id, "title": title_of(t)} for t in platform.templates.of("subscribe")],
            "wire": platform.wire.since(_since("wire"), WIRE_SHOWN),
        }  # fmt: skip


def medium(platform: Platform, body: Body, media_id: str) -> Any:
    found = platform.media.get(media_id)
    return Response(found.content, mimetype=found.mime)


def keep_medium(platform: Platform, body: Body) -> Any:
    kind, name, mime = (str(body[key]) for key in ("type", "name", "mime"))
    return {"media_id": platform.media.keep(kind, name, mime, from_base64(str(body["data"]))).id}


# ---- the machine


def faults(platform: Platform, body: Body) -> Any:
    return platform.faults.as_json()


def set_faults(platform: Platform, body: Body) -> Any:
    platform.set_faults(dict(body))
    return platform.faults.as_json()


def clear_faults(platform: Platform, body: Body) -> Any:
    platform.clear_faults()
    return platform.faults.as_json()


def clock(platform: Platform, body: Body) -> Any:
    platform.clock.advance(float(body["advance_seconds"]))
    return {"now": platform.clock.now()}


def verify(platform: Platform, body: Body) -> Any:
    return {"ok": platform.pusher.verify()}


def reset(platform: Platform, body: Body) -> Any:
    platform.reset()
    return {}


ROUTES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("GET", "/users", people),
    ("POST", "/users", create_people),
    ("POST", "/users/<openid>/say", doings.say),
    ("POST", "/users/<openid>/follow", doings.follow),
    ("POST", "/users/<openid>/unfollow", doings.unfollow),
    ("POST", "/users/<openid>/scan", doings.scan),
    ("POST", "/users/<openid>/block", doings.block),
    ("POST", "/users/<openid>/click", doings.click),
    ("POST", "/users/<openid>/view", doings.view),
    ("POST", "/users/<openid>/menu_click", doings.menu_click),
    ("POST", "/users/<openid>/consent", doings.consent),
    ("GET", "/users/<openid>/inbox", inbox),
    ("GET", "/sent", sent),
    ("GET", "/sms", short_messages),
    ("POST", "/sms/reports", report),
    ("POST", "/sms/receipts", push_receipt),
    ("GET", "/wire", wire),
    ("GET", "/counters", counters),
    ("GET", "/faults", faults),
    ("POST", "/faults", set_faults),
    ("DELETE", "/faults", clear_faults),
    ("POST", "/clock", clock),
    ("POST", "/verify", verify),
    ("DELETE", "/state", reset),
    ("GET", "/updates", updates),
    ("GET", "/media/<media_id>", medium),
    ("POST", "/media", keep_medium),
)
