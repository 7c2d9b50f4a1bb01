"""The service's public address as the platform uses it: answers to the address check, over HTTPS, on a port the platform allows."""

import secrets
import time
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, SSLError

from bot.wechat.inbox import signature_of

SECONDS = 5.0
PORTS = {None, 80, 443}
"""The platform calls no other."""


@dataclass(frozen=True, slots=True)
class Address:
    """What is wrong with an address, as a locale key below `address`; "" is nothing. `detail`: the cause."""

    wrong: str = ""
    detail: str = ""


def form(public: str) -> Address:
    """Whether the platform and browsers can use such an address at all; asks nobody."""
    try:
        parts = urlsplit(public)
        port = parts.port
    except ValueError:
        return Address("form", public)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        return Address("form", public)
    if parts.hostname in ("localhost", "127.0.0.1", "::1", "0.0.0.0"):
        return Address("loopback", public)
    if parts.scheme == "http":
        return Address("plain", public)
    return Address() if port in PORTS else Address("port", str(port))


def reached(public: str, token: str) -> Address:
    """Whether the address answers the platform's own check, asked from this host."""
    stamp, nonce, echo = str(int(time.time())), secrets.token_hex(8), secrets.token_hex(16)
    signature = signature_of(token, stamp, nonce)
    query = urlencode({"signature": signature, "timestamp": stamp, "nonce": nonce, "echostr": echo})
    try:
        with urllib3.PoolManager(timeout=SECONDS, retries=False) as pool:
            reply = pool.request("GET", f"{public}/wechat?{query}")
    except SSLError as error:
        return Address("certificate", type(error).__name__)
    except (HTTPError, OSError) as error:
        return Address("silent", type(error).__name__)
    if reply.status == 403:
        return Address("token")
    return (
        Address()
        if reply.status == 200 and reply.data.decode("utf-8", "replace") == echo
        else Address("other", str(reply.status))
    )
