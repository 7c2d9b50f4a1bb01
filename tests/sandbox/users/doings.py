"""What a user does through the control API: sends, clicks, follows, scans, blocks, consents."""

import threading
from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import request

from tests.sandbox.platform import Platform
from tests.sandbox.pushing import incoming
from tests.sandbox.pushing.pusher import Pushed
from tests.sandbox.users.users import User

Body = Mapping[str, Any]


def user_of(platform: Platform, openid: str) -> User:
    with platform.lock:
        return platform.users.get_or_create(openid, platform.clock.now())


def _do(platform: Platform, openid: str, body: Body, doing: incoming.Incoming) -> Any:
    act = partial(
        platform.user_does, user_of(platform, openid), doing, copies=int(body.get("copies") or 1),
        deliveries=int(body["deliveries"]) if body.get("deliveries") else None,
        msg_id=int(body["msg_id"]) if body.get("msg_id") else None,
    )  # fmt: skip
    if body.get("wait") is False:
        threading.Thread(target=act, daemon=True).start()
        return Pushed("sent").as_json()
    return act().as_json()


def say(platform: Platform, body: Body, openid: str) -> Any:
    doing = incoming.read(body, platform.media, request.host_url.rstrip("/"))
    return _do(platform, openid, body, doing)


def follow(platform: Platform, body: Body, openid: str) -> Any:
    return platform.follow(user_of(platform, openid), str(body.get("scene") or "")).as_json()


def unfollow(platform: Platform, body: Body, openid: str) -> Any:
    return platform.unfollow(user_of(platform, openid)).as_json()


def scan(platform: Platform, body: Body, openid: str) -> Any:
    return platform.scan(user_of(platform, openid), str(body["scene"])).as_json()


def block(platform: Platform, body: Body, openid: str) -> Any:
    user = user_of(platform, openid)
    with platform.lock:
        others = [each for each in platform.faults.block if each != user.openid]
        platform.faults.block = [*others, user.openid] if body.get("on", True) else others
    return {"blocked": platform.refuses(user)}


def click(platform: Platform, body: Body, openid: str) -> Any:
    key = str(body["key"])
    shown = f"点了菜单“{body.get('name') or key}”"
    doing = incoming.event("CLICK", {"EventKey": key}, opens="click", visible=True, shown=shown)
    return _do(platform, openid, body, doing)


def view(platform: Platform, body: Body, openid: str) -> Any:
    doing = incoming.event("VIEW", {"EventKey": str(body["url"]), "MenuId": 1}, shown=f"打开 {body['url']}")
    return _do(platform, openid, body, doing)


def menu_click(platform: Platform, body: Body, openid: str) -> Any:
    """Send the line of a msgmenu: it arrives as a text, but opens only the short window."""
    fields = {"MsgType": "text", "Content": str(body["content"]), "bizmsgmenuid": str(body["id"])}
    return _do(platform, openid, body, incoming.ordinary(fields, str(body["content"]), opens="click"))


def consent(platform: Platform, body: Body, openid: str) -> Any:
    template = platform.templates.get(str(body["template_id"]), "subscribe")
    accept, once = bool(body.get("accept", True)), bool(body.get("once", False))
    return platform.consent(user_of(platform, openid), template, accept=accept, once=once).as_json()
