"""How often one address may fail to sign in, and one person may act on a page. Counted in Redis; where that does not answer, the lock of the account remains.

An office may share one address. So only failures count, each name at an address by itself; where very much fails at an address,
it is slowed down and never blocked, and browsers that have signed somebody in before go on as usual.
"""

from redis import Redis
from redis.exceptions import RedisError

from bot.services.accounts.clients import Client
from bot.services.office import Office
from bot.understanding.normalize import fold_name
from config.queues import connect

KEY, SLOWED = "wutong:sign_in:{address}", "wutong:sign_in:slow:{address}"
MOST, WITHIN = 30, 300  # acts of a person, seconds
OF_NAME, OF_ADDRESS, OF_DEVICE = 30, 100, 10  # failures within that time
SECONDS = 0.5  # that Redis may take


def may_try(office: Office, who: str, most: int = MOST) -> bool:
    """Counts this try of an address or a person; at most `most` within the time."""
    try:
        with _redis(office) as redis:
            number = _count(redis, who)
    except (RedisError, OSError):
        return True
    return number <= most


def may_sign_in(office: Office, client: Client, name: str) -> bool:
    """Whether this name may be tried at this address now."""
    try:
        with _redis(office) as redis:
            if _number(redis, _of_name(office, client, name)) >= OF_NAME:
                return False
            return _number(redis, client.address) < OF_ADDRESS or _has_turn(redis, client.address)
    except (RedisError, OSError):
        return True


def has_turn(office: Office, address: str) -> bool:
    """Whether this address, which asks for more than its share, is the one of this second."""
    try:
        with _redis(office) as redis:
            return _has_turn(redis, address)
    except (RedisError, OSError):
        return True


def device_may_try(office: Office, client: Client) -> bool:
    """Whether too much failed in this known browser. Without Redis it counts as any other one."""
    try:
        with _redis(office) as redis:
            return _number(redis, _of_device(office, client)) < OF_DEVICE
    except (RedisError, OSError):
        return False


def failed(office: Office, client: Client, name: str) -> None:
    """One more failure of the name at the address, of the address, and of the browser where it is one that is known."""
    counted = [_of_name(office, client, name), client.address]
    if client.device:
        counted.append(_of_device(office, client))
    try:
        with _redis(office) as redis:
            for who in counted:
                _count(redis, who)
    except (RedisError, OSError):
        return


def _redis(office: Office) -> Redis:
    return connect(office.settings.redis, timeout=SECONDS)


def _count(redis: Redis, who: str) -> int:
    key = KEY.format(address=who)
    with redis.pipeline() as pipe:
        pipe.incr(key)
        pipe.expire(key, WITHIN, nx=True)
        return int(pipe.execute()[0])


def _number(redis: Redis, who: str) -> int:
    found = redis.get(KEY.format(address=who))
    return int(found) if isinstance(found, bytes | str) else 0


def _has_turn(redis: Redis, address: str) -> bool:
    return bool(redis.set(SLOWED.format(address=address), "1", nx=True, ex=1))


def _of_name(office: Office, client: Client, name: str) -> str:
    """No name stands in a key."""
    return f"{client.address} {office.db.vault.index(f'sign in {fold_name(name)}')[:24]}"


def _of_device(office: Office, client: Client) -> str:
    return f"device {office.db.vault.index(client.device)[:24]}"
