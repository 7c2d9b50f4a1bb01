"""The code that a meeting's host shows: signed for one meeting and one minute, so that a picture of it is soon of no use."""

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256

MINUTE = timedelta(minutes=1)
LASTS = 2 * MINUTE
"""From the beginning of its minute; whoever scans it late in the minute still has one more to sign in."""
STAMP, MAC = 8, 32  # hexadecimal digits: the minute, the signature


def code(secret: str, broadcast_id: int, now: datetime) -> str:
    """The code of this minute: 40 hexadecimal digits."""
    minute = int(now.timestamp()) // 60
    return f"{minute:0{STAMP}x}{_signature(secret, broadcast_id, minute)}"


def ends_at(now: datetime) -> datetime:
    """When the code of this minute is of no use any more."""
    return datetime.fromtimestamp(int(now.timestamp()) // 60 * 60, UTC) + LASTS


def is_ours(secret: str, broadcast_id: int, given: str) -> bool:
    """Whether we made this code for this meeting, whenever that was."""
    if len(given) != STAMP + MAC or not given.isascii() or not all(one in "0123456789abcdef" for one in given):
        return False
    return hmac.compare_digest(given[STAMP:], _signature(secret, broadcast_id, int(given[:STAMP], 16)))


def is_fresh(given: str, now: datetime) -> bool:
    """Whether the code, which is ours, is of this minute or the one before."""
    return int(now.timestamp()) // 60 - int(given[:STAMP], 16) in range(LASTS // MINUTE)


def _signature(secret: str, broadcast_id: int, minute: int) -> str:
    said = f"meeting sign-in\n{broadcast_id}\n{minute}"
    return hmac.new(secret.encode(), said.encode(), sha256).hexdigest()[:MAC]
