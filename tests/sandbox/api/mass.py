"""APIs of mass messages and of the drafts that they send."""

import secrets
from collections.abc import Sequence
from typing import Any

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.account.mass import OPENIDS, Job
from tests.sandbox.api.call import OK, Call, Route
from tests.sandbox.api.custom import LONGEST_TEXT
from tests.sandbox.users.users import User

TYPES = ("text", "image", "voice", "mpvideo", "mpnews", "wxcard")


def send_all(call: Call) -> dict[str, Any]:
    platform = call.platform
    where = call.body.get("filter")
    if not isinstance(where, dict):
        raise PlatformError(40035)
    client_id = str(call.body.get("clientmsgid") or "")
    shown = _content(call)
    platform.mass.check_client_id(client_id)
    if where.get("is_to_all"):
        platform.mass.use_to_all()
        return _start(call, client_id, list(platform.users), shown)
    number = int(where.get("tag_id", -1))
    platform.tags.must_exist(number)
    return _start(call, client_id, [user for user in platform.users if number in user.tags], shown)


def send(call: Call) -> dict[str, Any]:
    openids = call.body.get("touser")
    if not isinstance(openids, list) or len(openids) not in OPENIDS:
        raise PlatformError(40032, "invalid openid list size")
    client_id = str(call.body.get("clientmsgid") or "")
    shown = _content(call)
    call.platform.mass.check_client_id(client_id)
    return _start(call, client_id, [call.platform.recipient(openid) for openid in openids], shown)


def _content(call: Call) -> tuple[str, str, dict[str, Any]]:
    """(type, text, content) of the message."""
    kind = str(call.body.get("msgtype"))
    part = call.body.get("images" if kind == "image" else kind)
    if kind not in TYPES or not isinstance(part, dict):
        raise PlatformError(40008)
    if kind == "text":
        if not part.get("content"):
            raise PlatformError(44004)
        if len(str(part["content"]).encode()) > LONGEST_TEXT:
            raise PlatformError(45002)
        return kind, str(part["content"]), {}
    if kind == "mpnews":
        articles = call.platform.mass.drafts.get(str(part.get("media_id")))
        if articles is None:
            raise PlatformError(40007)
        return "news", str(articles[0].get("title", "")), {"articles": articles}
    ids = part.get("media_ids") or [part.get("media_id")]
    return kind, "", {"media_id": call.platform.media.get(str(ids[0])).id}


def _start(
    call: Call, client_id: str, audience: Sequence[User], shown: tuple[str, str, dict[str, Any]]
) -> dict[str, Any]:
    platform = call.platform
    number = platform.new_id()
    job = platform.mass.start(number, client_id, audience)
    for user in job.reached:
        if not platform.refuses(user):
            platform.show(user, "mass", *shown, msgid=str(number))
        platform.record_sent(call.api, user.openid, call.body, number)
    _finish(call, job)
    return {"errcode": 0, "errmsg": "send job submission success", "msg_id": number, "msg_data_id": number}


def _finish(call: Call, job: Job) -> None:
    platform = call.platform
    job.status = "SEND_SUCCESS"
    errors = sum(platform.refuses(user) for user in job.reached)
    fields = {
        "MsgID": job.id, "Status": platform.receipt_status("send success"), "TotalCount": job.total,
        "FilterCount": len(job.reached), "SentCount": len(job.reached) - errors, "ErrorCount": errors,
    }  # fmt: skip
    platform.notify(platform.options.account_id, "MASSSENDJOBFINISH", fields)


def preview(call: Call) -> dict[str, Any]:
    platform = call.platform
    user = platform.recipient(call.body.get("touser"))
    number = platform.new_id()
    platform.show(user, "mass", *_content(call), msgid=str(number))
    return {"errcode": 0, "errmsg": "preview success", "msg_id": number}


def status(call: Call) -> dict[str, Any]:
    job = call.platform.mass.jobs.get(int(call.body.get("msg_id", 0)))
    if job is None:
        raise PlatformError(40035)
    return {"msg_id": job.id, "msg_status": job.status}


def delete(call: Call) -> dict[str, Any]:
    job = call.platform.mass.jobs.get(int(call.body.get("msg_id", 0)))
    if job is None:
        raise PlatformError(40035)
    job.status = "DELETE"
    return OK


def get_speed(call: Call) -> dict[str, Any]:
    speed = call.platform.mass.speed
    return {"speed": speed, "realspeed": (80, 60, 45, 30, 10)[speed]}


def set_speed(call: Call) -> dict[str, Any]:
    speed = call.body.get("speed")
    if not isinstance(speed, int) or speed not in range(5):
        raise PlatformError(45083, "set speed fail, invalid speed")
    call.platform.mass.speed = speed
    return OK


def add_draft(call: Call) -> dict[str, Any]:
    articles = call.body.get("articles")
    if not isinstance(articles, list) or not articles or not all(article.get("title") for article in articles):
        raise PlatformError(44003)
    media_id = secrets.token_urlsafe(48)
    call.platform.mass.drafts[media_id] = articles
    return {"media_id": media_id}


ROUTES = (
    Route("POST", "/cgi-bin/message/mass/sendall", send_all),
    Route("POST", "/cgi-bin/message/mass/send", send),
    Route("POST", "/cgi-bin/message/mass/preview", preview),
    Route("POST", "/cgi-bin/message/mass/get", status),
    Route("POST", "/cgi-bin/message/mass/delete", delete),
    Route("POST", "/cgi-bin/message/mass/speed/get", get_speed),
    Route("POST", "/cgi-bin/message/mass/speed/set", set_speed),
    Route("POST", "/cgi-bin/draft/add", add_draft),
)
