"""Signs and encrypts what is posted to the service, and opens its reply, in plain, compatible and safe mode."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.sandbox.options import Options
from tests.sandbox.pushing import aes
from tests.sandbox.pushing.markup import parse, write


@dataclass(frozen=True, slots=True)
class Envelope:
    """Query and body of one request to the service."""

    query: dict[str, str]
    body: bytes


def seal(options: Options, openid: str, fields: Mapping[str, Any]) -> Envelope:
    """Sign and, in two of the modes, encrypt. Timestamp and nonce are new in each delivery."""
    stamp, nonce = str(int(time.time())), str(secrets.randbelow(2_000_000_000))
    query = {"signature": aes.sign(options.token, stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": openid}
    plain = write(fields, options.format).encode()
    if options.mode == "plain":
        return Envelope(query, plain)
    secret = aes.encrypt(options.aes_key, options.app_id, plain)
    query |= {"encrypt_type": "aes", "msg_signature": aes.sign(options.token, stamp, nonce, secret)}
    open_part = fields if options.mode == "compatible" else {"ToUserName": options.account_id}
    return Envelope(query, write({**open_part, "Encrypt": secret}, options.format).encode())


def unseal(options: Options, content: bytes) -> tuple[dict[str, Any], str]:
    """(fields, text) of a reply, decrypted as the mode says. ValueError says what is wrong with the reply."""
    fields = parse(content, options.format)
    if "Encrypt" not in fields:
        if options.mode == "safe":
            raise ValueError("safe mode: the reply is not encrypted")
        return fields, content.decode()
    if options.mode == "plain":
        raise ValueError("plain mode: the reply is encrypted")
    text = _opened(options, fields)
    return parse(text, options.format), text.decode()


def _opened(options: Options, fields: Mapping[str, Any]) -> bytes:
    missing = [name for name in ("Encrypt", "MsgSignature", "TimeStamp", "Nonce") if not fields.get(name)]
    if missing:
        raise ValueError(f"encrypted reply without {missing[0]}")
    parts = (str(fields[name]).strip() for name in ("TimeStamp", "Nonce", "Encrypt"))
    if aes.sign(options.token, *parts) != str(fields["MsgSignature"]).strip():
        raise ValueError("wrong MsgSignature")
    return aes.decrypt(options.aes_key, options.app_id, str(fields["Encrypt"]).strip())
