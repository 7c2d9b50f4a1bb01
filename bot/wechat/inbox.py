"""From the platform's bytes to an Inbound: signatures, AES in three modes, XML or JSON, every kind of message."""

import hashlib
import hmac
import json
import logging
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import WeChatException

from bot.services.receive import Inbound
from config.settings import Settings

log = logging.getLogger(__name__)

# what the library raises for keys that do not fit and for bytes that were never a message
GARBAGE = (WeChatException, ExpatError, struct.error, ValueError, LookupError, TypeError, OverflowError)
EVENT_WORDS = frozenset({"click"})  # menu buttons whose key is what the person says


class Forged(Exception):
    """The signature does not match: 403."""


class Unreadable(Exception):
    """Neither XML nor JSON, or nothing in it says who wrote: 400."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """An opened request: the message's fields, and the cipher that the reply must use (None: plain)."""

    fields: Mapping[str, Any]
    cipher: WeChatCrypto | None


def verify(token: str, query: Mapping[str, str]) -> None:
    """The plain signature over token, timestamp and nonce (wechat-platform §1.1). Raises Forged."""
    _check(query.get("signature", ""), token, query.get("timestamp", ""), query.get("nonce", ""))


def _check(given: str, *parts: str) -> None:
    expected = hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()
    if not hmac.compare_digest(expected.encode(), given.encode()):
        raise Forged


def ciphers(settings: Settings) -> list[WeChatCrypto]:
    """One cipher per key, the present key first (§1.2: key rotation)."""
    keys = [key for key in (settings.wechat_aes_key, settings.wechat_aes_key_previous) if key]
    return [WeChatCrypto(settings.wechat_token, key, settings.wechat_app_id) for key in keys]


def open_envelope(settings: Settings, query: Mapping[str, str], body: bytes) -> Envelope:
    """Verify and, where it is encrypted, decrypt. Raises Forged or Unreadable."""
    if query.get("encrypt_type", "raw") != "aes":
        verify(settings.wechat_token, query)
        return Envelope(_fields(body), None)
    outer = _fields(body)
    encrypted = outer.get("Encrypt")
    if not isinstance(encrypted, str):
        raise Unreadable("no Encrypt element")
    signed = (settings.wechat_token, query.get("timestamp", ""), query.get("nonce", ""), encrypted)
    _check(query.get("msg_signature", ""), *signed)
    for cipher in ciphers(settings):
        plain = _decrypt(cipher, encrypted, query)
        if plain is not None:
            return Envelope(_fields(plain), cipher)
    if "MsgType" in outer:  # compatible mode carries the plain fields too
        return Envelope(outer, None)
    raise Unreadable("no key decrypts this message")


def _decrypt(cipher: WeChatCrypto, encrypted: str, query: Mapping[str, str]) -> bytes | None:
    """The message, None where this key or account does not fit."""
    wrapped = f"<xml><Encrypt>{encrypted}</Encrypt></xml>"
    try:
        text = cipher.decrypt_message(wrapped, query["msg_signature"], query["timestamp"], query["nonce"])
    except GARBAGE as error:
        log.warning("a message could not be decrypted: %r", error)
        return None
    return text.encode() if isinstance(text, str) else bytes(text)


def _fields(body: bytes) -> Mapping[str, Any]:
    """The message's fields, from XML or (the platform's other format) JSON."""
    stripped = body.lstrip()
    try:
        if stripped.startswith(b"{"):
            found = json.loads(stripped)
        else:
            found = xmltodict.parse(stripped, strip_whitespace=False).get("xml")
    except (ExpatError, ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from error
    if not isinstance(found, dict):
        raise Unreadable("no message in it")
    return found


def read(fields: Mapping[str, Any]) -> Inbound:
    """The Inbound behind the fields, for known and unknown kinds. Unreadable where nobody speaks."""
    openid, kind = _text(fields, "FromUserName").strip(), _text(fields, "MsgType").strip().lower()
    if not kind:
        raise Unreadable("no MsgType")
    account = _text(fields, "ToUserName").strip()
    if kind == "event":
        return _event(fields, openid, account)
    if not openid:
        raise Unreadable("no FromUserName")
    key = _text(fields, "MsgId").strip() or f"{openid}:{_text(fields, 'CreateTime')}:{_text(fields, 'Content')}"
    known = {"shortvideo": "video"}.get(kind, kind)
    if known not in ("text", "image", "voice", "video", "location", "link"):
        known = "other"
    return Inbound(
        key=f"m:{key}"[:200], openid=openid[:64], account=account, kind=known, text=_words(fields, known),
        media_id=_text(fields, "MediaId") or None, menu_click=bool(_text(fields, "bizmsgmenuid")),
    )  # fmt: skip


def _words(fields: Mapping[str, Any], kind: str) -> str:
    """What was said in words: Content, Recognition, a location's label, a link's title."""
    if kind == "location":
        label = _text(fields, "Label")
        return f"{label} ({_text(fields, 'Location_X')},{_text(fields, 'Location_Y')})".strip()
    if kind == "link":
        return f"{_text(fields, 'Title')} {_text(fields, 'Url')}".strip()
    return _text(fields, {"voice": "Recognition"}.get(kind, "Content")).strip()


def _event(fields: Mapping[str, Any], openid: str, account: str) -> Inbound:
    event = _text(fields, "Event").strip().lower()
    event_key = _text(fields, "EventKey").strip()
    openid = _text(fields, "OpenID").strip() or openid  # privacy events come from the platform itself
    unique = _text(fields, "MsgID") or _text(fields, "MsgId")
    key = f"e:{openid}:{_text(fields, 'CreateTime')}:{event}:{event_key}:{unique}"
    return Inbound(
        key=key if len(key) <= 200 else "e:" + hashlib.sha256(key.encode()).hexdigest(),
        openid=openid[:64], account=account, kind="event", event=event, event_key=event_key,
        text=event_key if event in EVENT_WORDS else "", facts=_facts(fields),
    )  # fmt: skip


def _facts(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What receipts and consents carry; a single list element comes as an object, several as a list."""
    items: list[Any] = []
    for name in ("SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent", "SubscribeMsgSentEvent"):
        holder = fields.get(name)
        for one in holder if isinstance(holder, list) else [holder]:
            found = one.get("List", one) if isinstance(one, dict) else None
            items += found if isinstance(found, list) else [found] if isinstance(found, dict) else []
    message_id = _text(fields, "MsgID") or _text(fields, "MsgId")
    return {"message_id": message_id, "status": _text(fields, "Status"), "list": items}


def _text(fields: Mapping[str, Any], name: str) -> str:
    """A field as text; of a repeated tag the first, of a nested one nothing."""
    value = fields.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("#text")
    return "" if value is None else str(value)
