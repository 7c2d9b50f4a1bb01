"""From a reply's text to the bytes that the platform expects."""

import re
import time
from datetime import datetime

from wechatpy.crypto import WeChatCrypto

from bot.characters import clean

NOTHING = "success"  # nothing to say, do not send again
NONCE = re.compile(r"[\w-]{1,64}", re.ASCII)


def render(text: str, to: str, account: str, now: datetime) -> str:
    """A passive text reply. `]]>` in somebody's words must not end the CDATA.

    XML also where the push was JSON: the platform documents no other form of a passive reply, and it counts
    an answer in JSON among the illegal ones.
    """
    fields = {"ToUserName": to, "FromUserName": account, "MsgType": "text", "Content": text}
    inner = "".join(f"<{name}><![CDATA[{_cdata(value)}]]></{name}>" for name, value in fields.items())
    return f"<xml>{inner}<CreateTime>{int(now.timestamp())}</CreateTime></xml>"


def _cdata(value: str) -> str:
    return clean(value).replace("\r", "").replace("]]>", "]]]]><![CDATA[>")


def encrypt(cipher: WeChatCrypto, xml: str, nonce: str) -> str:
    """The reply as the platform wants it in safe mode (wechat-platform §1.4): with the push's own nonce."""
    stamp = str(int(time.time()))
    return str(cipher.encrypt_message(xml, nonce if NONCE.fullmatch(nonce) else stamp, stamp))
