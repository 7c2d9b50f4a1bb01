"""APIs of followers: the list, and the few facts that the platform gives about one."""

from itertools import islice
from typing import Any

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.api.call import OK, Call, Route
from tests.sandbox.users.users import User

PAGE, BATCH_MOST, REMARK_LONGEST = 10_000, 100, 30


def followers(call: Call) -> dict[str, Any]:
    openids = [user.openid for user in call.platform.users if user.subscribed]
    after = call.query.get("next_openid") or ""
    if after and after not in openids:
        raise PlatformError(40003)
    start = openids.index(after) + 1 if after else 0
    page = list(islice(openids, start, start + PAGE))
    data = {"data": {"openid": page}} if page else {}
    return {"total": len(openids), "count": len(page), **data, "next_openid": page[-1] if page else ""}


def info(call: Call) -> dict[str, Any]:
    return _info(call.platform.recipient(call.query.get("openid")))


def infos(call: Call) -> dict[str, Any]:
    rows = call.body.get("user_list")
    if not isinstance(rows, list) or not 1 <= len(rows) <= BATCH_MOST:
        raise PlatformError(40032, "invalid openid list size")
    return {"user_info_list": [_info(call.platform.recipient(row.get("openid"))) for row in rows]}


def _info(user: User) -> dict[str, Any]:
    if not user.subscribed:
        return {"subscribe": 0, "openid": user.openid}
    number = int(user.scene) if user.scene.isdecimal() else 0
    return {
        "subscribe": 1, "openid": user.openid, "nickname": "", "sex": 0, "language": "", "city": "", "province": "",
        "country": "", "headimgurl": "", "subscribe_time": user.subscribe_time, "remark": user.remark, "groupid": 0,
        "tagid_list": user.tags, "subscribe_scene": "ADD_SCENE_QR_CODE" if user.scene else "ADD_SCENE_SEARCH",
        "qr_scene": number, "qr_scene_str": "" if number else user.scene,
    }  # fmt: skip


def remark(call: Call) -> dict[str, Any]:
    words = str(call.body.get("remark", ""))
    if len(words) > REMARK_LONGEST:
        raise PlatformError(40035)
    call.platform.recipient(call.body.get("openid")).remark = words
    return OK


ROUTES = (
    Route("GET", "/cgi-bin/user/get", followers),
    Route("GET", "/cgi-bin/user/info", info),
    Route("POST", "/cgi-bin/user/info/batchget", infos),
    Route("POST", "/cgi-bin/user/info/updateremark", remark),
)
