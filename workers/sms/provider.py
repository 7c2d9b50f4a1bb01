"""What an SMS provider is to us, and how a call that ended in an error of the network is told apart from a lost answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from requests.exceptions import ConnectTimeout
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from bot.sms.text import Message
from config.sms_settings import SmsTemplate

CONNECT_SECONDS, READ_SECONDS = 3.0, 10.0
NEVER_SENT = (NewConnectionError, ConnectTimeoutError, NameResolutionError, ConnectTimeout, ConnectionRefusedError)
DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Status:
    """What the provider knows of one message. `serial`: its own number, "" where it does not tell it; `context`: the id
    that we gave it; `arrived`: None while no receipt has come; `words`: the receipt's, without numbers or text."""

    serial: str
    context: str
    arrived: bool | None
    words: str = ""


class Provider(Protocol):
    """One account at a provider. Safe for threads. Both raise ChannelError."""

    def send(self, number: str, template: SmsTemplate, said: Message, context: str) -> str:
        """Send once; the provider's serial number. `context` comes back with statuses and receipts."""

    def statuses(self, number: str, since: datetime, until: datetime) -> Sequence[Status]:
        """The messages to this number that the provider took within this time."""


def host_of(address: str) -> tuple[str, str]:
    """(scheme, host with port) of an address: the SDKs copy whatever stands in `endpoint` into the Host header."""
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


def was_never_sent(error: BaseException | None) -> bool:
    """Whether the connection was not even made: looked for in what led to the error, also where a library put it into
    the arguments of another error."""
    seen: list[object] = [error]
    for _ in range(DEEPEST):
        if not seen:
            return False
        one = seen.pop(0)
        if isinstance(one, NEVER_SENT):
            return True
        if isinstance(one, BaseException):
            inner = getattr(one, "inner_exception", None), getattr(one, "reason", None)
            seen += [
                each for each in (one.__cause__, one.__context__, *inner, *one.args) if isinstance(each, BaseException)
            ]
    return False
