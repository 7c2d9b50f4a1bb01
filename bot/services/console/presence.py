"""Who else looks at an order at this moment, or types: kept in Redis, which may be lost. Nothing is ever locked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from redis.exceptions import RedisError

from bot.orders import codes
from bot.services.console.seat import Seat
from bot.services.office import Office
from config.queues import connect

KEY = "wutong:looking:{code}"
LASTS = 20  # seconds after the last look
SECONDS = 0.5  # that Redis may take


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else at the same order."""

    name: str
    types: bool


def look(office: Office, seat: Seat, code: str, *, types: bool, now: datetime) -> Sequence[Other]:
    """Says that this person looks at the order, and finds who else does; nobody where Redis does not answer."""
    if not codes.is_valid(code):
        return []
    key, at = KEY.format(code=code), now.timestamp()
    try:
        with connect(office.settings.redis, timeout=SECONDS) as redis:
            redis.hset(key, str(seat.person_id), f"{at}|{int(types)}|{seat.name}")
            redis.expire(key, 2 * LASTS)
            found = {_text(person): _text(said) for person, said in redis.hgetall(key).items()}
    except (RedisError, OSError):
        return []
    others = (said.split("|", 2) for person, said in found.items() if person != str(seat.person_id))
    return [Other(name, typing == "1") for since, typing, name in others if at - float(since) < LASTS]


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
