"""APIs of tags and the blacklist."""

from typing import Any

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.api.call import OK, Call, Route
from tests.sandbox.users.users import User


def _tag(call: Call) -> dict[str, Any]:
    tag = call.body.get("tag")
    if not isinstance(tag, dict):
        raise PlatformError(40035)
    return tag


def _people(call: Call) -> list[User]:
    openids = call.body.get("openid_list")
    if not isinstance(openids, list) or not openids:
        raise PlatformError(40032, "invalid openid list size")
    return [call.platform.recipient(openid) for openid in openids]


def create(call: Call) -> dict[str, Any]:
    name = str(_tag(call).get("name") or "")
    return {"tag": {"id": call.platform.tags.create(name), "name": name}}


def listed(call: Call) -> dict[str, Any]:
    users = list(call.platform.users)
    return {
        "tags": [
            {"id": number, "name": name, "count": sum(number in user.tags for user in users)}
            for number, name in call.platform.tags.names.items()
        ]
    }


def update(call: Call) -> dict[str, Any]:
    tag = _tag(call)
    call.platform.tags.rename(int(tag.get("id", -1)), str(tag.get("name") or ""))
    return OK


def delete(call: Call) -> dict[str, Any]:
    call.platform.tags.delete(int(_tag(call).get("id", -1)), call.platform.users)
    return OK


def put(call: Call) -> dict[str, Any]:
    call.platform.tags.put(int(call.body.get("tagid", -1)), _people(call))
    return OK


def take(call: Call) -> dict[str, Any]:
    call.platform.tags.take(int(call.body.get("tagid", -1)), _people(call))
    return OK


def of_user(call: Call) -> dict[str, Any]:
    return {"tagid_list": call.platform.recipient(call.body.get("openid")).tags}


def users_with(call: Call) -> dict[str, Any]:
    number = int(call.body.get("tagid", -1))
    call.platform.tags.must_exist(number)
    openids = [user.openid for user in call.platform.users if number in user.tags]
    return {"count": len(openids), "data": {"openid": openids}, "next_openid": openids[-1] if openids else ""}


def blacklist(call: Call) -> dict[str, Any]:
    openids = [user.openid for user in call.platform.users if user.blacklisted]
    return {"total": len(openids), "count": len(openids), "data": {"openid": openids}, "next_openid": ""}


def put_on_blacklist(call: Call) -> dict[str, Any]:
    for user in _people(call):
        user.blacklisted = True
    return OK


def take_off_blacklist(call: Call) -> dict[str, Any]:
    for user in _people(call):
        user.blacklisted = False
    return OK


ROUTES = (
    Route("POST", "/cgi-bin/tags/create", create),
    Route("GET", "/cgi-bin/tags/get", listed),
    Route("POST", "/cgi-bin/tags/update", update),
    Route("POST", "/cgi-bin/tags/delete", delete),
    Route("POST", "/cgi-bin/tags/members/batchtagging", put),
    Route("POST", "/cgi-bin/tags/members/batchuntagging", take),
    Route("POST", "/cgi-bin/tags/getidlist", of_user),
    Route("POST", "/cgi-bin/user/tag/get", users_with),
    Route("POST", "/cgi-bin/tags/members/getblacklist", blacklist),
    Route("POST", "/cgi-bin/tags/members/batchblacklist", put_on_blacklist),
    Route("POST", "/cgi-bin/tags/members/batchunblacklist", take_off_blacklist),
)
