"""Error answers of the platform: HTTP 200 with errcode and errmsg, the latter ending in a request id."""

import secrets
from typing import Any

MESSAGES = {
    -1: "system error", 40001: "invalid credential, access_token is invalid or not latest",
    40003: "invalid openid", 40004: "invalid media type", 40007: "invalid media_id", 40008: "invalid message type",
    40009: "invalid image size", 40013: "invalid appid", 40016: "invalid button size",
    40017: "invalid button type", 40018: "invalid button name size", 40019: "invalid button key size",
    40020: "invalid button url size", 40023: "invalid sub button size", 40024: "invalid sub button type",
    40025: "invalid sub button name size", 40029: "invalid code", 40030: "invalid refresh_token",
    40033: "invalid charset. please check your request, if include \\uxxxx will create fail!",
    40035: "invalid parameter", 40037: "invalid template_id", 40053: "invalid action info",
    40097: "invalid args", 40125: "invalid appsecret",
    40102: "invalid industry id",
    40163: "code been used", 40164: "invalid ip, not in whitelist", 40243: "appsecret is frozen",
    40246: "keyword name invalid",
    41001: "access_token missing", 41002: "appid missing", 41004: "appsecret missing", 41005: "media data missing",
    42001: "access_token expired", 42010: "mass send too frequently", 43004: "require subscribe",
    43100: "change template too frequently",
    43019: "require remove blacklist", 43101: "user refuse to accept the msg",
    43117: "Sending messages to this openid too frequently", 44002: "empty post data",
    44003: "empty news data", 44004: "empty content", 45001: "media size out of limit",
    45002: "content size out of limit", 45008: "article size out of limit", 45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit, must slower, retry next minute",
    45015: "response out of time limit or subscription is canceled",
    45026: "template num exceeds limit", 45028: "has no masssend quota",
    45047: "out of response count limit", 45056: "too many tags", 45057: "too many fans under this tag",
    45058: "can't modify sys tag", 45059: "can't add more tags to this user", 45065: "clientmsgid exist",
    45066: "same clientmsgid retry too fast", 45067: "clientmsgid size out of limit",
    45157: "tag name exist", 45158: "tag name too long", 45159: "invalid tag id",
    46003: "menu no exist", 47001: "data format error",
    47003: "argument invalid!", 48001: "api unauthorized", 48002: "user block receive message",
    48006: "forbid to clear quota because of reaching the limit", 49003: "not match openid with tagid",
    65301: "not exist such conditional menu", 65303: "no default menu", 65305: "match rule empty",
    76001: "rid not found", 76002: "rid is error", 76021: "cgi_path not found",
    200012: "private template num exceeds limit", 200014: "invalid tid", 200016: "invalid start",
    200017: "invalid limit", 200018: "ids missing", 200020: "invalid kidList", 200021: "invalid sceneDesc",
}  # fmt: skip


class PlatformError(Exception):
    """The error an API answers. `more` gives further fields of the answer's body."""

    def __init__(self, code: int, message: str = "", **more: Any) -> None:
        self.code = code
        self.message = message or MESSAGES.get(code, "error")
        self.more = more
        super().__init__(f"{code} {self.message}")

    def answer(self, now: float) -> dict[str, Any]:
        return {"errcode": self.code, "errmsg": f"{self.message} rid: {request_id(now)}", **self.more}


def request_id(now: float) -> str:
    """A request id as the platform writes it: its first group is the time in hexadecimal."""
    return f"{int(now):08x}-{secrets.token_hex(4)}-{secrets.token_hex(4)}"
