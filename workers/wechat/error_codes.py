"""What every error code of the platform means for a sender: one table, read by the client."""

import random
import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.errors import ChannelError, Gone, Misconfigured, Refused, RetryLater


class NotFollowing(Gone):
    """The person unfollowed the account or closed theirs."""


class NoConsent(Refused):
    """The person turned this template down, or the consent is used up."""


class WindowClosed(Refused):
    """The person has not spoken lately, or all messages of the window are used."""


class Alarm(Refused):
    """This channel cannot carry this message until somebody mends it; the others go on."""


class BadValue(Refused):
    """The template's value in `field` (empty: unknown which) is not what its type admits."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        found = re.search(r"data\.(\w+)\.value", reason)
        self.field = found[1] if found else ""


class UsedUp(RetryLater):
    """The day's quota of this API is used."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason, seconds, whole_api=True)


class TooOften(RetryLater):
    """The platform lets this API reach this person again only after hours."""


class TokenRejected(ChannelError):
    """The access token is not valid (any more): another one, then once more."""


class NoToken(RetryLater):
    """There is no valid access token for a while, so nothing at all can be sent."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason, seconds, whole_api=True)


class Unknown(ChannelError):
    """The bytes were taken, the answer never came: it may have been sent."""


class Repeatable(RetryLater):
    """As Unknown, on a channel where the platform drops a second copy: again, and by no other channel meanwhile."""


class Lost(RetryLater):
    """As Unknown, at a provider that can be asked whether it has it: it is asked before anything is sent again."""


class NotThere(RetryLater):
    """The provider was asked about a message whose answer was lost, and has not got it so far."""


class Joined(RetryLater):
    """It is not sent alone: it waits for the others with whom one call sends it."""


class QuotaGone(Refused):
    """The people of a mass send had all that they may get this month."""


class Stopped(RetryLater):
    """This channel's own configuration is wrong: it rests until somebody mends it; the others go on."""

    SECONDS = 600.0

    @classmethod
    def for_all(cls, reason: str) -> "Stopped":
        """The channel rests for everybody."""
        return cls(reason, cls.SECONDS, whole_api=True)


class NumberDead(Refused):
    """The person's telephone number takes no message of this channel; it is left alone for `seconds`."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason)
        self.seconds = seconds


BACKOFF = 0.0  # seconds of a RetryLater that grows with the attempts, see `backoff`
UNTIL_MINUTE, UNTIL_MIDNIGHT = -1.0, -2.0  # of a whole API; `workers.wechat.quota` knows the clock


def later(seconds: float) -> Callable[[str], ChannelError]:
    return lambda reason: RetryLater(reason, seconds)


def _hours(reason: str) -> ChannelError:
    return TooOften(reason, 7200)


def _minute(reason: str) -> ChannelError:
    return RetryLater(reason, UNTIL_MINUTE, whole_api=True)


def _day(reason: str) -> ChannelError:
    return UsedUp(reason, UNTIL_MIDNIGHT)


# code: what is raised. Where a code is missing: Alarm. None: it was a success after all.
ANSWERS: Mapping[int, Callable[[str], ChannelError] | None] = {
    0: None,
    45065: None,  # the same client id again: it went out before
    **dict.fromkeys((-1, 9001002), later(BACKOFF)),
    **dict.fromkeys((40001, 40014, 42001), TokenRejected),
    **dict.fromkeys((40013, 40125, 40164, 61004, 40243, 89501, 89503, 89506, 89507, 41001, 50002), Misconfigured),
    **dict.fromkeys((40003, 43019, 48002), Gone),
    **dict.fromkeys((43004, 50005, 46004), NotFollowing),
    43101: NoConsent,
    **dict.fromkeys((45015, 45047), WindowClosed),
    47003: BadValue,
    45028: QuotaGone,
    43108: later(1),
    45066: later(60),
    42010: later(300),
    43117: _hours,
    45011: _minute,
    45009: _day,
    **dict.fromkeys((40007, 40004, 40009, 45001), Refused),
    **dict.fromkeys(
        (40036, 40037, 40033, 47001, 41030, 43107, 44004, 45002, 45008, 45067, 45103, 45109, 48001, 48004,
         48006, 48008, 50001), Alarm,
    ),
}  # fmt: skip


def error_of(answer: Mapping[str, Any]) -> ChannelError | None:
    """What an answer means; None: it is a success."""
    code = _number(answer.get("errcode"))
    build = ANSWERS.get(code, Alarm)
    if build is None:
        return None
    error = build(f"{code} {answer.get('errmsg', '')}".strip())
    error.code, error.answered = code, True
    return error


def _number(code: Any) -> int:
    """The code of an answer; -1 (the system is broken) for what is none."""
    try:
        return int(code or 0)
    except (TypeError, ValueError):
        return -1


def backoff(attempts: int) -> float:
    """Seconds before attempt number `attempts` + 1: 1 to 30, doubling, jittered so that not all come at once."""
    return max(1.0, min(30.0, 2.0 ** min(attempts, 6)) * random.uniform(0.5, 1.0))
