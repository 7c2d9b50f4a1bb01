"""Which people a mass send cannot name: the platform refuses the whole call for one openid that it does not know."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from bot.errors import Gone
from workers.wechat.platform import Platform

API = "users"
PATH = "/cgi-bin/user/info/batchget"
MOST = 100  # openids of one call
NOT_FOLLOWING = 43004


def lost(platform: Platform, openids: Sequence[str], seconds: float) -> Mapping[str, int]:
    """Why the platform sends nothing to them, as its code, by openid; after so many seconds those who were found so far. This
    call too is refused as a whole, so a list with one of them is halved until it is alone. ChannelError."""
    until = time.monotonic() + seconds
    found: dict[str, int] = {}
    waiting = [openids[start : start + MOST] for start in range(0, len(openids), MOST)]
    while waiting and time.monotonic() < until:
        some = waiting.pop()
        try:
            answer = platform.send(API, PATH, {"user_list": [{"openid": openid} for openid in some]})
        except Gone as error:
            if len(some) == 1:
                found[some[0]] = error.code or 0
            else:
                waiting += [some[: len(some) // 2], some[len(some) // 2 :]]
        else:
            found |= dict.fromkeys(_not_following(answer, some), NOT_FOLLOWING)
    return found


def _not_following(answer: Mapping[str, Any], asked: Sequence[str]) -> list[str]:
    rows = answer.get("user_info_list")
    told = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    left = {row.get("openid") for row in told if row.get("subscribe") == 0}
    return [openid for openid in asked if openid in left]
