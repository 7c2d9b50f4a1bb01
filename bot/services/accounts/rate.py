"""How often one address may try to sign in, or one person may act on a page. Counted in Redis; where that does not answer the lock of the account remains."""

from redis.exceptions import RedisError

from bot.services.office import Office
from config.queues import connect

KEY = "wutong:sign_in:{address}"
MOST, WITHIN = 30, 300  # tries, seconds: an office may share one address
SECONDS = 0.5  # that Redis may take


def may_try(office: Office, who: str, most: int = MOST) -> bool:
    """Counts this try of an address or a person; at most `most` within the time."""
    key = KEY.format(address=who)
    try:
        with connect(office.settings.redis, timeout=SECONDS) as redis, redis.pipeline() as pipe:
            pipe.incr(key)
            pipe.expire(key, WITHIN, nx=True)
            number: int = pipe.execute()[0]
    except (RedisError, OSError):
        return True
    return number <= most
