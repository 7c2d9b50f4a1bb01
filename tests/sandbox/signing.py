"""Signatures and encryption of the webhook, from the platform's side (§1.1-1.4)."""

import hashlib
import secrets
import time
from dataclasses import dataclass

from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException, InvalidSignatureException

from tests.sandbox.markup import parse, render
from tests.sandbox.options import Options


def sign(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Signed:
    """What is POSTed for one message."""

    query: dict[str, str]
    body: bytes


def envelope(options: Options, openid: str, xml: str, to: str) -> Signed:
    """The query and body of one delivery in the account's mode. Timestamp and nonce are new in each."""
    stamp, nonce = str(int(time.time())), str(secrets.randbelow(2_000_000_000))
    query = {"signature": sign(options.token, stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": openid}
    if options.mode == "plain":
        return Signed(query, xml.encode())
    secret = encrypt(options, xml, nonce, stamp)
    query |= {"encrypt_type": "aes", "msg_signature": sign(options.token, stamp, nonce, secret)}
    outside = f"<Encrypt><![CDATA[{secret}]]></Encrypt></xml>"
    if options.mode == "compatible":
        return Signed(query, (xml.removesuffix("</xml>") + outside).encode())
    return Signed(query, (render({"ToUserName": to}).removesuffix("</xml>") + outside).encode())


def encrypt(options: Options, xml: str, nonce: str, stamp: str) -> str:
    """The Encrypt element's text."""
    wrapped = _crypto(options).encrypt_message(xml, nonce, stamp)
    return str(parse(wrapped)["Encrypt"])


def decrypt_reply(options: Options, fields: dict[str, str]) -> bytes:
    """The inside of an encrypted reply. ValueError when signature, padding or app id are wrong."""
    try:
        plain = _crypto(options)._decrypt_message(
            {"Encrypt": fields["Encrypt"]}, fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"], _prp()
        )
    except (KeyError, IndexError, TypeError, InvalidSignatureException, InvalidAppIdException) as error:
        raise ValueError(f"encrypted reply cannot be opened: {error!r}") from error
    return plain if isinstance(plain, bytes) else str(plain).encode()
