"""How the database and Redis are, for the operator. Nothing here changes anything that lasts."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from redis import Redis
from redis.exceptions import NoPermissionError, RedisError
from sqlalchemy import text

from bot.services.office import Office
from config.queues import connect

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
