"""Checks passive replies as the platform does, and says what the phone shows of them."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.account.media import MediaStore

LONGEST_TEXT = 2048  # bytes; with a longer one the user sees the fault notice
NEWS_MOST = 8


def check(fields: Mapping[str, Any], openid: str, account: str, media: MediaStore) -> None:
    """ValueError that says why the platform would call this reply illegal."""
    if fields.get("ToUserName") != openid:
        raise ValueError("ToUserName is not the person who wrote")
    if fields.get("FromUserName") != account:
        raise ValueError("FromUserName is not the account")
    kind = str(fields.get("MsgType"))
    if kind not in _READ:
        raise ValueError(f"MsgType {kind!r} is no kind of reply")
    content = _READ[kind](fields)
    if kind == "text" and not content["text"]:
        raise ValueError("Content is empty")
    if kind == "text" and len(content["text"].encode()) > LONGEST_TEXT:
        raise ValueError(f"Content is longer than {LONGEST_TEXT} bytes")
    if kind == "news" and not 1 <= len(content["articles"]) <= NEWS_MOST:
        raise ValueError("news without articles, or with too many")
    if "media_id" in content:
        _must_exist(media, content["media_id"])


def shown(fields: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """(type, text, content) of a reply for the phone."""
    kind = str(fields["MsgType"])
    content = _READ[kind](fields)
    return kind, str(content.pop("text", "")), content


def _must_exist(media: MediaStore, media_id: str) -> None:
    try:
        media.get(media_id)
    except PlatformError as error:
        raise ValueError(f"unknown MediaId {media_id!r}") from error


def _part(fields: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = fields.get(name)
    return found if isinstance(found, dict) else {}


def _news(fields: Mapping[str, Any]) -> dict[str, Any]:
    items = _part(fields, "Articles").get("item") or []
    rows = items if isinstance(items, list) else [items]
    return {
        "articles": [
            {
                "title": row.get("Title") or "", "description": row.get("Description") or "",
                "picurl": row.get("PicUrl") or "", "url": row.get("Url") or "",
            }
            for row in rows
        ]
    }  # fmt: skip


def _medium(name: str) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    return lambda fields: {"media_id": str(_part(fields, name).get("MediaId") or "")}


_READ: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "text": lambda fields: {"text": str(fields.get("Content") or "")},
    "image": _medium("Image"),
    "voice": _medium("Voice"),
    "video": _medium("Video"),
    "music": lambda fields: {"title": str(_part(fields, "Music").get("Title") or "")},
    "news": _news,
    "transfer_customer_service": lambda fields: {},
}
