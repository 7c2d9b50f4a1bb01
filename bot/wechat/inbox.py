"""From the platform's bytes to an Inbound: signature, AES in three modes, XML or JSON, every kind of message."""

import codecs
import hashlib
import hmac
import json
import logging
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError

from bot.characters import clean, parseable
from bot.messages import Inbound
from bot.wechat.document import content_of
from config.settings import Settings

if TYPE_CHECKING:
    from bot.wechat.cipher import MessageCipher

log = logging.getLogger(__name__)

# what the cipher and the parsers raise for a wrong key and for bytes that are no message
GARBAGE = (ExpatError, struct.error, ValueError, LookupError, TypeError, OverflowError)
WORDS = ("text", "image", "voice", "video", "location", "link")  # the kinds that a conversation takes
MACHINES = ("device_", "hardware")  # kinds sent by a device, not by a person
# where a message has no MsgId, these fields tell a repeat from another message
TELLING = ("CreateTime", "MsgType", "Content", "MediaId", "PicUrl", "Url", "Title", "Location_X", "Location_Y")
RECEIPT = ("TemplateId", "SubscribeStatusString", "MsgID", "ErrorCode", "ErrorStatus")
TOTALS = {"total": "TotalCount", "admitted": "FilterCount", "arrived": "SentCount", "failed": "ErrorCount"}
SECONDS = re.compile(r"[1-9]\d{0,11}", re.ASCII)  # a timestamp as the platform writes it
LONGEST_OPENID = 64
MOST_ITEMS = 50  # of a receipt's or consent's list; the platform asks about five templates at a time


class Forged(Exception):
    """The signature does not match or is stale, or a plain body came where the account encrypts; answered 403."""


class Unreadable(Exception):
    """Neither XML nor JSON, or encrypted with another key or for another account; answered 400."""


class Nobody(Exception):
    """A valid document without a sender or for no conversation of this account; answered 200, nothing else happens."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """An opened request: the message's fields, and the cipher that the reply must use (None: plain)."""

    fields: Mapping[str, Any]
    cipher: "MessageCipher | None"


def verify(token: str, query: Mapping[str, str]) -> None:
    """Check the platform's signature: SHA-1 over the sorted token, timestamp and nonce. Raises Forged."""
    _check(query.get("signature", ""), token, query.get("timestamp", ""), query.get("nonce", ""))


def admit(settings: Settings, query: Mapping[str, str], now: datetime) -> None:
    """As `verify`, and the signed timestamp must be near now. Nothing of the body is needed. Raises Forged."""
    verify(settings.wechat_token, query)
    stamp = query.get("timestamp", "")
    away = abs(int(stamp) - now.timestamp()) if SECONDS.fullmatch(stamp) else None
    if away is None or away > settings.webhook_fresh_seconds:
        told = "is no time" if away is None else f"is {away:.0f} s away from this clock"
        log.warning("a signed request is refused: its timestamp %s; is the clock right?", told)
        raise Forged


def _check(given: str, *parts: str) -> None:
    if not hmac.compare_digest(signature_of(*parts).encode(), given.encode("utf-8", "replace")):
        raise Forged


def signature_of(*parts: str) -> str:
    """The platform's signature over these parts: SHA-1 in hexadecimal."""
    return hashlib.sha1("".join(sorted(parts)).encode("utf-8", "replace")).hexdigest()


def ciphers(settings: Settings) -> "list[MessageCipher]":
    """One cipher for each key, the present key first: the platform may still use the previous one while it changes over."""
    keys = [key for key in (settings.wechat_aes_key, settings.wechat_aes_key_previous) if key]
    if not keys:
        return []
    from bot.wechat.cipher import MessageCipher  # wechatpy brings an HTTP client, which plain mode does without

    return [MessageCipher(settings.wechat_token, key, settings.wechat_app_id) for key in keys]


def open_envelope(settings: Settings, query: Mapping[str, str], body: bytes) -> Envelope:
    """The message of an admitted request. Raises Forged or Unreadable.

    Where the account has a key, only what Encrypt holds counts, in compatible mode too: the open fields beside it are
    not covered by any signature, and neither is a plain body.
    """
    outer, known = _fields(body), ciphers(settings)
    if not known:
        return Envelope(outer, None)
    encrypted = _text(outer, "Encrypt")
    if not encrypted:
        raise Forged
    signed = (settings.wechat_token, query.get("timestamp", ""), query.get("nonce", ""), encrypted)
    _check(query.get("msg_signature", ""), *signed)
    for cipher in known:
        plain = _decrypt(cipher, encrypted, query)
        if plain is not None:
            return Envelope(_fields(plain), cipher)
    raise Unreadable("no key decrypts this message")


def _decrypt(cipher: "MessageCipher", encrypted: str, query: Mapping[str, str]) -> bytes | None:
    """The message; None where this key or account does not fit."""
    signed = (query.get("msg_signature", ""), query.get("timestamp", ""), query.get("nonce", ""))
    try:
        return cipher.decrypt_message({"Encrypt": encrypted}, *signed).encode()
    except GARBAGE as error:
        log.warning("a message could not be decrypted: %s", type(error).__name__)  # never what it holds
        return None


def _fields(body: bytes) -> Mapping[str, Any]:
    """The message's fields, from XML or JSON (the account's setting). Read as UTF-8, whatever encoding the document claims. Unreadable."""
    document = parseable(body.removeprefix(codecs.BOM_UTF8)).strip()
    try:
        if document.startswith("{"):
            found = json.loads(document, parse_int=str, parse_float=str, parse_constant=str, strict=False)
        else:
            found = content_of(document.encode())
    except (ExpatError, ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from error
    if not isinstance(found, dict):
        raise Unreadable("no message in it")
    return found


def read(fields: Mapping[str, Any], signature: str | None = None) -> Inbound:
    """The Inbound of these fields, which came under this signature; an unknown kind becomes "other". Raises Nobody, or Unreadable for an encrypted document that is not marked so."""
    openid, kind = _openid(fields, "FromUserName"), _text(fields, "MsgType").lower()
    if not kind:
        if "Encrypt" in fields:
            raise Unreadable("an encrypted message that does not say so")
        raise Nobody(_text(fields, "InfoType") or "no MsgType")  # pushes to a third-party platform have an InfoType
    if kind == "event":
        return _event(fields, openid, signature)
    if not openid:
        raise Nobody("no FromUserName")
    if kind.startswith(MACHINES):
        raise Nobody(kind)
    return _message(fields, openid, {"shortvideo": "video"}.get(kind, kind), signature)


def _message(fields: Mapping[str, Any], openid: str, kind: str, signature: str | None) -> Inbound:
    known = kind if kind in WORDS else "other"
    number = _text(fields, "MsgId") or _text(fields, "MsgID")
    return Inbound(
        key=message_key(openid, number) if number else _key("m", openid, *(_text(fields, name) for name in TELLING)),
        openid=openid, account=_text(fields, "ToUserName"), kind=known, text=_words(fields, known),
        media_id=_text(fields, "MediaId") or None, menu_click=bool(_text(fields, "bizmsgmenuid")),
        signature=signature,
    )  # fmt: skip


def nothing(signature: str, body: bytes) -> Inbound:
    """For a request that brings no message: nothing is done, but its signature is used up. The same one again is known by
    its digest."""
    key = f"n:{hashlib.sha256(body).hexdigest()}"
    return Inbound(key=key, openid="", account="", kind="event", event="", signature=signature)


def message_key(openid: str, number: str) -> str:
    """The key of a message that has a number."""
    return _key("m", openid, number)


def _words(fields: Mapping[str, Any], kind: str) -> str:
    """The text of a message by kind: Content, Recognition of a voice, label and position of a location, title and address of a link."""
    if kind == "location":
        return f"{_text(fields, 'Label')} ({_text(fields, 'Location_X')},{_text(fields, 'Location_Y')})".strip()
    if kind == "link":
        return f"{_text(fields, 'Title')} {_text(fields, 'Url')}".strip()
    if kind == "other":
        return _text(fields, "Content") or _text(fields, "Title")
    return _text(fields, {"voice": "Recognition"}.get(kind, "Content"))


def _event(fields: Mapping[str, Any], openid: str, signature: str | None) -> Inbound:
    event, event_key = _text(fields, "Event").lower(), _text(fields, "EventKey")
    openid = _openid(fields, "OpenID") or openid  # privacy events come from the platform itself
    facts = _facts(fields)
    told = [value for item in facts["list"] for value in (item["TemplateId"], item["MsgID"])]
    unique = (facts["message_id"], _text(fields, "RevokeInfo"), *told)
    return Inbound(
        key=_key("e", openid, _text(fields, "CreateTime"), event, event_key, *unique),
        openid=openid, account=_text(fields, "ToUserName"), kind="event", event=event, event_key=event_key,
        text=event_key if event == "click" else "", facts=facts, signature=signature,
    )  # fmt: skip


def _facts(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of an event as flat texts: receipts, consents, scans, the account's certificate."""
    scan = fields.get("ScanCodeInfo")
    return {
        "message_id": _text(fields, "MsgID") or _text(fields, "MsgId"),
        "status": _text(fields, "Status"),
        **{name: _text(fields, field) for name, field in TOTALS.items()},
        "list": [{name: _text(item, name) for name in RECEIPT} for item in _items(fields)],
        "scanned": _text(scan, "ScanResult") if isinstance(scan, dict) else "",
        "until": _text(fields, "ExpiredTime"),
        "reason": _text(fields, "FailReason"),
    }


def _items(fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The entries of a list: the platform sends one entry as an object, several as a list, and JSON may omit the enclosing block."""
    blocks: list[Any] = [fields.get("List")]
    for name in ("SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent", "SubscribeMsgSentEvent"):
        block = fields.get(name)
        for one in block if isinstance(block, list) else [block]:
            blocks.append(one.get("List", one) if isinstance(one, dict) else None)
    items = [item for block in blocks for item in (block if isinstance(block, list) else [block])]
    return [item for item in items if isinstance(item, dict)][:MOST_ITEMS]


def _key(kind: str, openid: str, *telling: str) -> str:
    """A key that is equal for every repeat of one message. It stands in the clear and in logs and outlasts the person's
    data, so that who sent it, words and codes are in it as a digest alone."""
    return f"{kind}:{hashlib.sha256(chr(0).join((openid, *telling)).encode()).hexdigest()}"


def _openid(fields: Mapping[str, Any], name: str) -> str:
    """The openid in this field; empty where it is longer than any openid."""
    found = _text(fields, name)
    return found if len(found) <= LONGEST_OPENID else ""


def _text(fields: Mapping[str, Any], name: str) -> str:
    """A field as clean text. The first of a repeated tag; empty for nested elements and missing fields."""
    value = fields.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("#text")
    return "" if value is None or isinstance(value, dict | list) else clean(str(value)).strip()
