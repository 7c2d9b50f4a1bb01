"""How the database, Redis and the workers are, for the operator. Nothing here changes anything that lasts."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from redis import Redis
from redis.exceptions import NoPermissionError, RedisError
from rq import Queue, Worker
from sqlalchemy import text

from bot.services.office import Office
from config.queues import QUEUES, SERIALIZER, connect

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
class Queues:
    """Workers that are alive, jobs that wait, and jobs that failed within a day."""

    workers: int
    waiting: int
    failed: int


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
        all_queues = [Queue(name, connection=client, serializer=SERIALIZER) for name in QUEUES]
        return Queues(
            workers=_alive(client), waiting=sum(queue.count for queue in all_queues),
            failed=sum(len(queue.failed_job_registry) for queue in all_queues),
        )  # fmt: skip


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
