"""Turns a reply's text into the bytes that the platform expects."""

import re
import time
from datetime import datetime
from typing import TYPE_CHECKING

from bot.characters import clean

if TYPE_CHECKING:
    from bot.wechat.cipher import MessageCipher

NOTHING = "success"  # the platform's word for: no reply, do not repeat the message
NONCE = re.compile(r"[\w-]{1,64}", re.ASCII)


def render(text: str, to: str, account: str, now: datetime) -> str:
    """A passive text reply as XML; `]]>` in the text cannot end its CDATA. `to` and `account` are as they were read of a push.

    It is XML also where the push was JSON: the platform documents no other form of a passive reply and counts
    an answer in JSON as illegal.
    """
    fields = (
        ("ToUserName", to),
        ("FromUserName", account),
        ("MsgType", "text"),
        ("Content", clean(text).replace("\r", "")),
    )
    inner = "".join([f"<{name}><![CDATA[{_cdata(value)}]]></{name}>" for name, value in fields])
    return f"<xml>{inner}<CreateTime>{int(now.timestamp())}</CreateTime></xml>"


def _cdata(value: str) -> str:
    return value.replace("]]>", "]]]]><![CDATA[>")


def encrypt(cipher: "MessageCipher", xml: str, nonce: str) -> str:
    """The encrypted reply of safe mode, with the push's nonce. A nonce of an unexpected form is replaced by the time."""
    stamp = str(int(time.time()))
    return str(cipher.encrypt_message(xml, nonce if NONCE.fullmatch(nonce) else stamp, stamp))
