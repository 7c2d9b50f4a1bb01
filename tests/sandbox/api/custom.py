"""API of customer-service messages, sent within the windows that users open."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.api.call import OK, Call, Route

LONGEST_TEXT = 2048  # bytes

# What the phone shows of a kind: (text, content). PlatformError for what the platform refuses.
Read = Callable[[Call, Mapping[str, Any]], tuple[str, dict[str, Any]]]


def _text(call: Call, part: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    content = part.get("content")
    if not isinstance(content, str) or not content.strip():
        raise PlatformError(44004)
    if len(content.encode()) > LONGEST_TEXT:
        raise PlatformError(45002)
    return content, {}


def _medium(call: Call, part: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return str(part.get("title") or ""), {"media_id": call.platform.media.get(str(part.get("media_id"))).id}


def _news(call: Call, part: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    articles = part.get("articles")
    if not isinstance(articles, list) or not articles:
        raise PlatformError(44003)
    if len(articles) > 1:
        raise PlatformError(45008)
    return str(articles[0].get("title", "")), {"articles": articles}


def _menu(call: Call, part: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    entries = part.get("list")
    if not isinstance(entries, list) or not entries or not all("id" in e and e.get("content") for e in entries):
        raise PlatformError(40035)
    return str(part.get("head_content") or ""), {"list": entries, "tail": str(part.get("tail_content") or "")}


def _page(call: Call, part: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return str(part.get("title") or ""), dict(part)


def _draft(call: Call, part: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    articles = call.platform.mass.drafts.get(str(part.get("media_id")))
    if articles is None:
        raise PlatformError(40007)
    return str(articles[0].get("title", "")), {"articles": articles}


KINDS: Mapping[str, Read] = {
    "text": _text, "image": _medium, "voice": _medium, "video": _medium, "music": _page, "news": _news,
    "mpnews": _draft, "mpnewsarticle": _page, "msgmenu": _menu, "wxcard": _page, "miniprogrampage": _page,
}  # fmt: skip


def send(call: Call) -> dict[str, Any]:
    platform, body = call.platform, call.body
    user = platform.recipient(body.get("touser"))
    kind = str(body.get("msgtype"))
    part = body.get(kind)
    if kind not in KINDS or not isinstance(part, dict):
        raise PlatformError(40008)
    text, content = KINDS[kind](call, part)
    if not user.subscribed or platform.faults.shuts(user.openid):
        raise PlatformError(45015)
    if platform.refuses(user):
        raise PlatformError(48002)
    user.windows.take(platform.clock.now())
    platform.show(user, "kf", kind, text, content)
    platform.record_sent(call.api, user.openid, body)
    return OK


def typing(call: Call) -> dict[str, Any]:
    call.platform.recipient(call.body.get("touser"))
    if call.body.get("command") not in ("Typing", "CancelTyping"):
        raise PlatformError(40035)
    return OK


ROUTES = (
    Route("POST", "/cgi-bin/message/custom/send", send),
    Route("POST", "/cgi-bin/message/custom/typing", typing),
)
