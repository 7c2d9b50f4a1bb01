"""From a reply's text to the bytes that the platform expects."""

import time
from datetime import datetime

from wechatpy.crypto import WeChatCrypto

NOTHING = "success"  # nothing to say, do not send again


def render(text: str, to: str, account: str, now: datetime) -> str:
    """A passive text reply. `]]>` in somebody's words must not end the CDATA."""
    fields = {"ToUserName": to, "FromUserName": account, "MsgType": "text", "Content": text}
    inner = "".join(f"<{name}><![CDATA[{_cdata(value)}]]></{name}>" for name, value in fields.items())
    return f"<xml>{inner}<CreateTime>{int(now.timestamp())}</CreateTime></xml>"


def _cdata(value: str) -> str:
    clean = "".join(ch for ch in value if ch >= " " or ch in "\n\t")
    return clean.replace("]]>", "]]]]><![CDATA[>")


def encrypt(cipher: WeChatCrypto, xml: str, nonce: str) -> str:
    """The reply as the platform wants it in safe mode (wechat-platform §1.4)."""
    return str(cipher.encrypt_message(xml, nonce, str(int(time.time()))))
