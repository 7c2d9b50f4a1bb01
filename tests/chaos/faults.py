"""What can go wrong: each fault is a context manager that hurts the world, and mends it at the end."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

from redis.exceptions import RedisError

from tests.chaos.world import World

Fault = Callable[[World], AbstractContextManager[None]]


def _again(world: World, name: str) -> None:
    time.sleep(world.random.uniform(0, 1.5))
    world.stack.start(name)


@contextmanager
def web_killed(world: World) -> Iterator[None]:
    """All web processes at once, as in a power cut."""
    with world.outage():
        world.stack.kill("web")
        _again(world, "web")
    yield


@contextmanager
def one_web_process_killed(world: World) -> Iterator[None]:
    """One of the two; the server starts another."""
    main = world.stack.running["web"].pid
    children = (Path(f"/proc/{main}/task/{main}/children")).read_text().split()
    with world.outage():
        if children:
            with suppress(ProcessLookupError):
                os.kill(int(world.random.choice(children)), signal.SIGKILL)
        time.sleep(0.5)
        if (
            world.stack.running["web"].poll() is not None
        ):  # the server gives up when its processes die too often: systemd starts it
            world.stack.running.pop("web")
            world.stack.start("web")
    yield


@contextmanager
def worker_killed(world: World) -> Iterator[None]:
    world.kills += 1
    world.stack.kill("worker")
    _again(world, "worker")
    yield


@contextmanager
def clock_killed(world: World) -> Iterator[None]:
    """One of the two, with what it had started."""
    name = world.random.choice(["clock", "clock2"])
    world.stack.kill(name)
    _again(world, name)
    yield


@contextmanager
def redis_killed(world: World) -> Iterator[None]:
    world.stop_redis()
    yield
    world.start_redis()


@contextmanager
def redis_wiped(world: World) -> Iterator[None]:
    with world.client() as redis:
        redis.flushall()
    yield


@contextmanager
def redis_full(world: World) -> Iterator[None]:
    """It answers, and refuses writes."""
    with world.client() as redis:
        redis.config_set("maxmemory", 1)
        yield
        with suppress(RedisError):
            redis.config_set("maxmemory", 0)


@contextmanager
def database_locked(world: World) -> Iterator[None]:
    """A long transaction of somebody else: of SQLite's file, of PostgreSQL's table of notices."""
    if world.admin is None:
        other = sqlite3.connect(world.stack.settings.var_dir / "wutong.db", timeout=5, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            yield
        finally:
            other.close()
        return
    from sqlalchemy import create_engine

    engine = create_engine(world.stack.settings.database)
    with engine.connect() as connection:
        connection.exec_driver_sql("LOCK TABLE notices IN EXCLUSIVE MODE")
        yield
        connection.rollback()
    engine.dispose()


@contextmanager
def database_restarted(world: World) -> Iterator[None]:
    """Every connection breaks and none is admitted for a while. SQLite has no server: its file is locked instead."""
    if world.admin is None:
        with database_locked(world):
            yield
        return
    name = world.database
    with world.admin.connect() as admin:
        admin.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        admin.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        yield
        admin.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def platform(**faults: Any) -> Fault:
    """The platform misbehaves in this way."""

    @contextmanager
    def fault(world: World) -> Iterator[None]:
        world.stack.sandbox.set_faults(**faults)
        yield
        world.stack.sandbox.clear_faults()

    return fault


FAULTS: dict[str, Fault] = {
    "web killed": web_killed,
    "one web process killed": one_web_process_killed,
    "worker killed": worker_killed,
    "worker killed again": worker_killed,
    "clock killed": clock_killed,
    "redis killed": redis_killed,
    "redis wiped": redis_wiped,
    "redis full": redis_full,
    "database locked": database_locked,
    "database restarted": database_restarted,
    "platform slow": platform(latency_ms=3000),
    "platform wrong": platform(error_rate={"*": {"code": -1, "share": 0.4}}, http_500=0.2),
    "platform dead": platform(http_500=1.0),
    "platform's answers lost": platform(drop_after_accept=0.3),
    "token expired": platform(token_expired="once"),
    "quota of a minute": platform(error_rate={"*": {"code": 45011, "share": 0.2}}),
}
