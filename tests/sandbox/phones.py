"""What the page does: people say, click, follow; and look at their phones."""

import base64
import time
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from tests.sandbox.api import the_platform
from tests.sandbox.pusher import BROKEN, Broken, Pusher
from tests.sandbox.state import CLICK_WINDOW, MESSAGE_WINDOW, User

blueprint = Blueprint("phones", __name__, template_folder="page", static_folder="page", static_url_path="/page")


@blueprint.get("/")
def page() -> ResponseReturnValue:
    return render_template("index.html")


@blueprint.get("/sandbox/people")
def people() -> ResponseReturnValue:
    """The cast, and the menu."""
    platform = the_platform()
    cast = [
        {"openid": u.openid, "name": u.name, "label": u.label, "hint": u.hint, "follows": u.follows}
        for u in platform.users.values()
    ]
    return {"people": cast, "menu": (platform.menu or {}).get("button", []), "faults": platform.faults}


@blueprint.get("/sandbox/people/<openid>/screen")
def screen(openid: str) -> ResponseReturnValue:
    """What this phone shows from `since` on."""
    since = request.args.get("since", 0, type=int)
    return {"screen": _user(openid).screen[since:]}


@blueprint.get("/sandbox/wire")
def wire() -> ResponseReturnValue:
    """The newest lines of the log."""
    return {"lines": list(the_platform().wire)[-60:][::-1]}


@blueprint.put("/sandbox/faults")
def faults() -> ResponseReturnValue:
    """{latency: seconds, errcode: of every send, status: HTTP}; what is 0 is off."""
    the_platform().faults = {name: value for name, value in request.get_json().items() if value}
    return {"faults": the_platform().faults}


@blueprint.post("/sandbox/people/<openid>/<what>")
def act(openid: str, what: str) -> ResponseReturnValue:
    """say, image, voice, location, click, follow, leave, scan."""
    user, asked = _user(openid), request.get_json(silent=True) or {}
    shown, fields = _fields(user, what, asked)
    platform = the_platform()
    if shown:
        platform.show(openid, "mine", **shown)
    pusher: Pusher = current_app.extensions["pusher"]
    try:
        reply = pusher.push(openid, fields)
    except Broken:
        platform.show(openid, "notice", text=BROKEN)
        return {"reply": None, "broken": True}
    if reply is not None:
        platform.show(openid, "text", text=reply)
    return {"reply": reply, "broken": False}


def _user(openid: str) -> User:
    found = the_platform().users.get(openid)
    if found is None:
        found = the_platform().users[openid] = User(openid, openid)
    return found


def _fields(user: User, what: str, asked: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """(what the phone shows as said, the message's fields); opens the window this opens."""
    now, platform = time.time(), the_platform()
    if what in ("say", "image", "voice", "location"):
        user.opens("message", MESSAGE_WINDOW, now)
    elif what in ("click", "follow", "scan"):
        user.opens("click", CLICK_WINDOW, now)
    number = {"MsgId": str(next(platform.ids))}
    if what == "say":
        return {"text": asked["text"]}, {"MsgType": "text", "Content": asked["text"], **number}
    if what == "image":
        media_id = f"media{next(platform.ids)}"
        platform.media[media_id] = base64.b64decode(asked["content"].split(",")[-1])
        return {"image": asked["content"]}, {"MsgType": "image", "MediaId": media_id, "PicUrl": "", **number}
    if what == "voice":
        words = asked.get("text", "")
        fields = {"MsgType": "voice", "MediaId": f"media{next(platform.ids)}", "Format": "amr", "Recognition": words}
        return {"text": f"🎤 {words}" if words else "🎤"}, {**fields, **number}
    if what == "location":
        spot = {"Location_X": "32.29", "Location_Y": "118.31", "Scale": "16", "Label": asked["text"]}
        return {"text": f"📍 {asked['text']}"}, {"MsgType": "location", **spot, **number}
    if what == "click":
        return {}, {"MsgType": "event", "Event": "CLICK", "EventKey": asked["key"]}
    if what == "scan":
        return {}, {"MsgType": "event", "Event": "SCAN", "EventKey": asked["scene"]}
    user.follows = what == "follow"
    return {}, {"MsgType": "event", "Event": "subscribe" if user.follows else "unsubscribe", "EventKey": ""}
