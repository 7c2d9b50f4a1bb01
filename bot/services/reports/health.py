"""How the database, Redis and the workers are, for the operator. Nothing here changes anything that lasts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from redis import Redis
from redis.exceptions import NoPermissionError, RedisError
from rq import Queue, Worker
from sqlalchemy import text

from bot.services.office import Office
from config.queues import EAST, EVERYTHING, PAUSED_KEY, QUEUES, SERIALIZER, TOKEN_KEY, USED_KEY, connect

SECONDS = 3.0
SECTIONS = ("server", "memory", "persistence", "replication")


@dataclass(frozen=True, slots=True)
class RedisReport:
    """What a Redis server says of itself. `user`: as whom the service is signed in; `almighty`: may change the server."""

    version: tuple[int, ...]
    policy: str
    appends: bool
    broken_disk: bool
    replica: bool
    user: str
    almighty: bool


@dataclass(frozen=True, slots=True)
class QueueReport:
    """One queue: jobs that wait, and jobs that failed within a day."""

    name: str
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class Queues:
    """Workers that are alive, jobs that wait, and jobs that failed within a day; and the same for each queue."""

    workers: int
    waiting: int
    failed: int
    each: Sequence[QueueReport] = ()


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


def database_time(office: Office) -> datetime | None:
    """The clock of PostgreSQL's host; None on SQLite, which has no clock of its own."""
    if office.db.url.get_backend_name() == "sqlite":
        return None
    with office.db.reading() as tx:
        at: datetime = tx.value(text("SELECT clock_timestamp()"))
    return at.astimezone(UTC)


def redis(office: Office) -> RedisReport:
    """RedisError or OSError where it does not answer, or does not let us ask."""
    client: Redis = connect(office.settings.redis, timeout=SECONDS)
    with client:
        info: dict[str, Any] = {}
        for section in SECTIONS:
            info |= client.info(section)
        return RedisReport(
            version=tuple(int(part) for part in str(info.get("redis_version", "0")).split(".")[:2]),
            policy=str(info.get("maxmemory_policy", "")), appends=bool(info.get("aof_enabled")),
            broken_disk="err" in (info.get("rdb_last_bgsave_status"), info.get("aof_last_write_status")),
            replica=info.get("role") == "slave", user=_user(client), almighty=_almighty(client),
        )  # fmt: skip


def queues(office: Office) -> Queues:
    """RedisError or OSError where Redis does not answer."""
    client: Redis = connect(office.settings.redis, timeout=SECONDS)
    with client:
        found = [Queue(name, connection=client, serializer=SERIALIZER) for name in QUEUES]
        each = [QueueReport(queue.name, queue.count, len(queue.failed_job_registry)) for queue in found]
        return Queues(
            workers=_alive(client), waiting=sum(one.waiting for one in each), failed=sum(one.failed for one in each),
            each=each,
        )  # fmt: skip


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


def _alive(client: "Redis") -> int:
    """How many workers gave a sign of life of late: one that was killed stays on RQ's list, but its own key expires."""
    listed = Worker.all_keys(connection=client)
    return int(client.exists(*listed)) if listed else 0


def _user(client: "Redis") -> str:
    try:
        return str(client.acl_whoami())
    except RedisError:
        return ""


def _almighty(client: "Redis") -> bool:
    try:
        client.config_get("port")
    except NoPermissionError:
        return False
    except RedisError:
        return False
    return True
