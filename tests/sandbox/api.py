"""The platform's server API as far as the service uses it: errors come with HTTP 200 (wechat-platform §3)."""

import re
import time
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from tests.sandbox.pusher import push_event
from tests.sandbox.state import SAME_ID_SECONDS, Platform

blueprint = Blueprint("api", __name__)
OPEN = frozenset({"/cgi-bin/token", "/cgi-bin/stable_token"})
LIMITS = {
    "thing": r".{1,20}", "number": r"[\d.]{1,32}", "letter": r"[A-Za-z]{1,32}", "character_string": r"[ -~]{1,32}",
    "phrase": r".{1,5}", "name": r".{1,20}", "time": r".*\d+.*", "date": r".*\d+.*", "amount": r".{1,12}",
    "phone_number": r"[\d+-]{1,17}", "car_number": r".{1,8}", "const": r".+",
}  # fmt: skip


def the_platform() -> Platform:
    found: Platform = current_app.extensions["platform"]
    return found


def error(code: int, message: str) -> dict[str, Any]:
    return {"errcode": code, "errmsg": f"{message} rid: {int(time.time()):x}-{code:08x}-00000000"}


@blueprint.before_request
def check() -> ResponseReturnValue | None:
    """Faults first, then the token."""
    platform = the_platform()
    request.environ["started"] = time.perf_counter()
    sends = "/send" in request.path or request.path.endswith("bizsend")
    if sends and platform.faults.get("latency"):
        time.sleep(float(platform.faults["latency"]))
    if sends and platform.faults.get("status"):
        return Response("", status=int(platform.faults["status"]))
    if request.path in OPEN:
        return None
    with platform.lock:
        if request.args.get("access_token") != platform.current_token(time.time())[0]:
            return jsonify(error(40001, "invalid credential, access_token is invalid or not latest"))
    if sends and platform.faults.get("errcode"):
        return jsonify(error(int(platform.faults["errcode"]), "a fault switched on in the sandbox"))
    return None


@blueprint.after_request
def write_down(response: Response) -> Response:
    asked = request.get_json(silent=True) if request.is_json or request.data else request.args.to_dict()
    seconds = time.perf_counter() - request.environ.get("started", time.perf_counter())
    answered = response.get_json() if response.is_json else f"{response.status_code}"
    the_platform().note("api", request.path, asked, answered, seconds)
    return response


@blueprint.post("/cgi-bin/stable_token")
def stable_token() -> ResponseReturnValue:
    asked = request.get_json(force=True)
    return _token(asked.get("appid"), asked.get("secret"), force=bool(asked.get("force_refresh")))


@blueprint.get("/cgi-bin/token")
def token() -> ResponseReturnValue:
    return _token(request.args.get("appid"), request.args.get("secret"), force=False)


def _token(app_id: str | None, secret: str | None, *, force: bool) -> ResponseReturnValue:
    platform = the_platform()
    if app_id != platform.app_id:
        return error(40013, "invalid appid")
    if secret != platform.secret:
        return error(40125, "invalid appsecret")
    with platform.lock:
        found, seconds = platform.current_token(time.time(), force=force)
    return {"access_token": found, "expires_in": seconds}


@blueprint.post("/cgi-bin/message/custom/send")
def custom_send() -> ResponseReturnValue:
    """Customer-service message: needs a window, 5 in 48 h after a message, 3 in 1 min after a click."""
    asked, platform = request.get_json(force=True), the_platform()
    kind = asked.get("msgtype", "")
    content = asked.get(kind, {})
    if len(str(content.get("content", "")).encode()) > 2048:
        return error(45002, "content size out of limit")
    with platform.lock:
        user = platform.users.get(asked.get("touser", ""))
        if user is None:
            return error(40003, "invalid openid")
        code = 45015 if not user.follows else user.may_be_written_to(time.time())
        if code:
            return error(code, "response out of time limit" if code == 45015 else "out of response count limit")
        platform.show(user.openid, "text" if kind == "text" else kind, text=content.get("content", ""), content=content)
    return {"errcode": 0, "errmsg": "ok"}


@blueprint.post("/cgi-bin/message/template/send")
def template_send() -> ResponseReturnValue:
    """Template message: typed values, sent once per client_msg_id in ten minutes, a receipt afterwards."""
    asked, platform, now = request.get_json(force=True), the_platform(), time.time()
    template = platform.templates.get(asked.get("template_id", ""))
    if template is None:
        return error(40037, "invalid template_id")
    wrong = _wrong_value(asked.get("data", {}))
    if wrong:
        return error(47003, f"argument invalid! data.{wrong}.value invalid")
    with platform.lock:
        user = platform.users.get(asked.get("touser", ""))
        if user is None:
            return error(40003, "invalid openid")
        if not user.follows:
            return error(43004, "require subscribe")
        key = (user.openid, str(asked.get("client_msg_id") or ""))
        since, message_id = platform.known_ids.get(key, (0.0, 0))
        if key[1] and now - since < SAME_ID_SECONDS:
            return {"errcode": 0, "errmsg": "ok", "msgid": message_id}
        message_id = next(platform.ids)
        platform.known_ids[key] = (now, message_id)
        rows = [[name, value.get("value", "")] for name, value in asked.get("data", {}).items()]
        platform.show(user.openid, "card", rows=rows)
    finished = {"Event": "TEMPLATESENDJOBFINISH", "MsgID": str(message_id), "Status": "success"}
    push_event(current_app.extensions["pusher"], user.openid, finished)
    return {"errcode": 0, "errmsg": "ok", "msgid": message_id}


def _wrong_value(data: dict[str, dict[str, str]]) -> str | None:
    """The first field whose value its type does not allow."""
    for name, value in data.items():
        allowed = LIMITS.get(re.sub(r"\d+$", "", name), r".+")
        if not re.fullmatch(allowed, str(value.get("value", ""))):
            return name
    return None


@blueprint.post("/cgi-bin/message/subscribe/bizsend")
def bizsend() -> ResponseReturnValue:
    """Subscription notices: nobody has consented in the sandbox."""
    return error(43101, "user refuse to accept the msg")


@blueprint.post("/cgi-bin/menu/create")
def menu_create() -> ResponseReturnValue:
    the_platform().menu = request.get_json(force=True)
    return {"errcode": 0, "errmsg": "ok"}


@blueprint.get("/cgi-bin/menu/get")
def menu_get() -> ResponseReturnValue:
    menu = the_platform().menu
    return {"menu": menu} if menu else error(46003, "menu no exist")


@blueprint.get("/cgi-bin/media/get")
def media_get() -> ResponseReturnValue:
    content = the_platform().media.get(request.args.get("media_id", ""))
    return Response(content, mimetype="image/png") if content is not None else error(40007, "invalid media_id")


@blueprint.get("/cgi-bin/user/info")
def user_info() -> ResponseReturnValue:
    user = the_platform().users.get(request.args.get("openid", ""))
    if user is None:
        return error(40003, "invalid openid")
    return {"subscribe": int(user.follows), "openid": user.openid, "subscribe_scene": "ADD_SCENE_QR_CODE"}
