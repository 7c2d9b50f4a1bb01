"""How the platform's API is, as the workers noted it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from redis import Redis

from bot.services.office import Office
from bot.services.reports.health import SECONDS
from config.queues import EAST, EVERYTHING, PAUSED_KEY, TOKEN_KEY, USED_KEY, connect


@dataclass(frozen=True, slots=True)
class Api:
    """One way of the platform to send: what is used of its limits, and why and for how many seconds it is paused."""

    name: str
    today: int
    day: int
    this_minute: int
    minute: int
    paused_seconds: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Platform:
    """The platform as the workers left it in Redis. `token_seconds`: how long the access token is good; None: there is
    none, or it may not be looked at. `paused_seconds`: for which nothing at all is sent."""

    token_seconds: float | None
    apis: Sequence[Api]
    paused_seconds: float = 0.0
    reason: str = ""


def platform(office: Office, limits: Mapping[str, Mapping[str, int]], now: datetime) -> Platform:
    """What the workers keep in Redis. `limits`: `minute` and `day` of each API. RedisError or OSError where Redis does
    not answer."""
    seconds = now.timestamp()
    client: Redis = connect(office.settings.redis, timeout=SECONDS)
    with client:
        left = client.pttl(f"{TOKEN_KEY}:{office.settings.wechat_app_id}")
        apis = [_api(client, name, limit, seconds) for name, limit in limits.items()]
        reason, paused = _paused(client, EVERYTHING)
        return Platform(left / 1000 if left > 0 else None, apis, paused, reason)


def _api(client: "Redis", name: str, limit: Mapping[str, int], seconds: float) -> Api:
    key = f"{USED_KEY}:{name}"
    today, this_minute = client.mget(f"{key}:d{int((seconds + EAST) // 86400)}", f"{key}:m{int(seconds // 60)}")
    reason, paused = _paused(client, name)
    return Api(name, int(today or 0), limit["day"], int(this_minute or 0), limit["minute"], paused, reason)


def _paused(client: "Redis", name: str) -> tuple[str, float]:
    """Why, and for how many seconds; nothing and 0 where it is not paused."""
    reason, left = client.get(f"{PAUSED_KEY}:{name}"), client.pttl(f"{PAUSED_KEY}:{name}")
    return (reason.decode("utf-8", "replace"), left / 1000) if isinstance(reason, bytes) and left > 0 else ("", 0.0)
