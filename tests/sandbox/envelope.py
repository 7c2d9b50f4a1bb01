"""What is POSTed to the service for one message, and the opening of its reply, in the three modes (§1.2, §1.4)."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.sandbox import aes
from tests.sandbox.markup import parse
from tests.sandbox.options import Options


@dataclass(frozen=True, slots=True)
class Envelope:
    """Query and body of one delivery."""

    query: dict[str, str]
    body: bytes


def seal(options: Options, openid: str, account: str, xml: str) -> Envelope:
    """Sign and, in two of the modes, encrypt. Timestamp and nonce are new in each delivery."""
    stamp, nonce = str(int(time.time())), str(secrets.randbelow(2_000_000_000))
    query = {"signature": aes.sign(options.token, stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": openid}
    if options.mode == "plain":
        return Envelope(query, xml.encode())
    secret = aes.encrypt(options.aes_key, options.app_id, xml.encode())
    query |= {"encrypt_type": "aes", "msg_signature": aes.sign(options.token, stamp, nonce, secret)}
    plain = xml if options.mode == "compatible" else f"<xml><ToUserName><![CDATA[{account}]]></ToUserName></xml>"
    sealed = f"<Encrypt><![CDATA[{secret}]]></Encrypt></xml>"
    return Envelope(query, (plain.removesuffix("</xml>") + sealed).encode())


def unseal(options: Options, content: bytes) -> tuple[dict[str, Any], str]:
    """Fields and XML of a reply, decrypted where it must or may be. ValueError says what is wrong with it."""
    fields = parse(content)
    if "Encrypt" not in fields:
        if options.mode == "safe":
            raise ValueError("safe mode: the reply is not encrypted")
        return fields, content.decode()
    if options.mode == "plain":
        raise ValueError("plain mode: the reply is encrypted")
    xml = _opened(options, fields)
    return parse(xml), xml.decode()


def _opened(options: Options, fields: Mapping[str, Any]) -> bytes:
    missing = [name for name in ("Encrypt", "MsgSignature", "TimeStamp", "Nonce") if not fields.get(name)]
    if missing:
        raise ValueError(f"encrypted reply without {missing[0]}")
    parts = (str(fields[name]).strip() for name in ("TimeStamp", "Nonce", "Encrypt"))
    if aes.sign(options.token, *parts) != str(fields["MsgSignature"]).strip():
        raise ValueError("wrong MsgSignature")
    return aes.decrypt(options.aes_key, options.app_id, str(fields["Encrypt"]).strip())
