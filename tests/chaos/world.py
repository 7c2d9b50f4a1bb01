"""What chaos is made in: the Procfile's processes with two clocks, a Redis and a database that can be hurt, the sandbox as platform."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import requests
from redis import Redis
from sqlalchemy import Engine, create_engine, make_url

from bot.store import migrate
from tests import servers
from tests.end_to_end.stack import Stack, installed

CAST = """角色,姓名,手机号,社区,网格,支部,技能
社区工作者,陈桥甲,13800000101,陈桥社区,,,
社区工作者,陈桥乙,13800000102,陈桥社区,,,
街道管理员,办事处甲,13800000105,,,,
党员,党员一,13800000111,陈桥社区,网格01,第一支部,
党员,党员二,13800000112,陈桥社区,网格02,第一支部,
"""
LIMITS = {"SANDBOX_MARKFAIL_AFTER": "1000000", "MESSAGES_PER_MINUTE": "1000"}
"""Neither side refuses to talk because of how often somebody speaks or fails: that is tested elsewhere."""


@dataclass
class World:
    """`down`: spans of the monotonic clock in which no web process could answer; a message inside may be lost by the platform."""

    stack: Stack
    redis: "subprocess.Popen[bytes]"
    redis_folder: Path
    admin: Engine | None
    database: str
    random: Random
    down: list[tuple[float, float]] = field(default_factory=list)
    kills: int = 0  # of a process that sends
    people: dict[str, str] = field(default_factory=dict)

    @property
    def redis_url(self) -> str:
        return self.stack.settings.redis

    @contextmanager
    def outage(self) -> Iterator[None]:
        """The web process does not answer inside, until it is ready again."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.stack.eventually(self.lives)
            self.down.append((began, time.monotonic()))

    def lives(self) -> bool:
        """Whether the web process answers, whatever is broken behind it."""
        try:
            return requests.get(f"http://127.0.0.1:{self.stack.webs[0]}/healthz", timeout=2).ok
        except requests.RequestException:
            return False

    def stop_redis(self) -> None:
        self.redis.kill()
        self.redis.wait()

    def start_redis(self) -> None:
        (self.redis_folder / "redis.sock").unlink(missing_ok=True)
        self.redis, _ = servers.start_redis(self.redis_folder)

    def client(self) -> "Redis":
        return Redis.from_url(self.redis_url, socket_timeout=5)


@contextmanager
def world(kind: str, random: Random) -> Iterator[World]:
    """Everything runs, the people of CAST are bound, and a second clock runs beside the first."""
    os.environ.update(LIMITS)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wtc", ignore_cleanup_errors=True)))
        url, admin = stack.enter_context(_database(kind, folder))
        migrate.upgrade(url)
        redis, redis_url = servers.start_redis(folder / "redis")
        running = stack.enter_context(installed(url, redis_url, folder, mode="plain", webs=1, workers=1))
        found = World(running, redis, folder / "redis", admin, make_url(url).database or "", random)
        stack.callback(lambda: servers.stop(found.redis))
        running.start("clock2")
        found.people = running.import_and_bind(CAST)
        yield found


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[tuple[str, Engine | None]]:
    """The URL, and for PostgreSQL a connection of its administrator."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'wutong.db'}", None
        return
    with servers.postgres(durable=True) as url:
        name = f"wutong_chaos_{os.getpid()}"
        admin = create_engine(url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        try:
            yield make_url(url).set(database=name).render_as_string(hide_password=False), admin
        finally:
            with admin.connect() as connection:
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            admin.dispose()
