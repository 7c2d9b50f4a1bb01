"""What can go wrong: each fault is a context manager that hurts the world, and mends it at the end."""

import os
import resource
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

from redis.exceptions import RedisError
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from tests.chaos.disks import Disk
from tests.chaos.world import World

Fault = Callable[[World], AbstractContextManager[None]]
LONG = (4.0, 9.0)  # seconds of a long transaction, beside those of every fault
JUMP = (20.0, 240.0)  # seconds of a clock; a push is fresh for 300


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
    """Somebody else's transaction keeps all writers out: of SQLite's file, of PostgreSQL's table of notices."""
    with _other(world, "BEGIN IMMEDIATE", "LOCK TABLE notices IN EXCLUSIVE MODE"):
        yield


@contextmanager
def database_locked_for_long(world: World) -> Iterator[None]:
    """As before, for longer than any message waits; of PostgreSQL the rows of all persons."""
    with _other(world, "BEGIN IMMEDIATE", "SELECT id FROM persons FOR UPDATE"):
        time.sleep(world.random.uniform(*LONG))
        yield


@contextmanager
def database_read_for_long(world: World) -> Iterator[None]:
    """A long transaction that only reads: SQLite's log cannot be shortened, PostgreSQL cannot tidy up."""
    with _other(world, "BEGIN", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"):
        time.sleep(world.random.uniform(*LONG))
        yield


@contextmanager
def _other(world: World, on_sqlite: str, on_postgresql: str) -> Iterator[None]:
    """A transaction of another program, which begins so and looks at the notices."""
    if world.admin is None:
        other = sqlite3.connect(world.database, timeout=5, isolation_level=None)
        try:
            other.execute(on_sqlite)
            other.execute("SELECT COUNT(*) FROM notices").fetchone()
            yield
        finally:
            other.close()
        return
    engine = create_engine(world.stack.settings.database)
    try:
        with engine.connect() as connection:
            with suppress(DBAPIError):  # PostgreSQL may end it, where it and a message wait for each other
                connection.exec_driver_sql(on_postgresql)
                connection.exec_driver_sql("SELECT COUNT(*) FROM notices")
            yield
            with suppress(DBAPIError):  # cut off meanwhile by another fault
                connection.rollback()
    finally:
        engine.dispose()


@contextmanager
def database_restarted(world: World) -> Iterator[None]:
    """Every connection breaks and none is admitted for a while. SQLite has no server: its file is locked instead."""
    if world.admin is None:
        with database_locked(world):
            yield
        return
    _settle_all(world, "ALLOW_CONNECTIONS false")
    yield
    _settle_all(world, "ALLOW_CONNECTIONS true")


@contextmanager
def database_read_only(world: World) -> Iterator[None]:
    """As a provider locks a PostgreSQL whose disk is full. SQLite has no such state: its disk is full instead."""
    if world.admin is None:
        with database_full(world):
            yield
        return
    _settle_all(world, "SET default_transaction_read_only = on")
    yield
    _settle_all(world, "RESET default_transaction_read_only")


def _settle_all(world: World, what: str) -> None:
    """Change the database, and let every connection begin anew under it."""
    assert world.admin is not None
    with world.admin.connect() as admin:
        admin.exec_driver_sql(f"ALTER DATABASE {world.database} {what}")
        admin.exec_driver_sql(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{world.database}'"
        )


@contextmanager
def database_full(world: World) -> Iterator[None]:
    """Its disk takes nothing more; messages go to the spool, which lies on another."""
    if world.disks.database is None:
        with _no_longer_files(world):
            yield
        return
    with _full(world, world.disks.database):
        yield


@contextmanager
def everything_full(world: World) -> Iterator[None]:
    """Neither the database nor the spool takes anything: whoever speaks is told that the words are lost."""
    if world.disks.database is None or world.disks.var is None:
        with _no_longer_files(world):
            yield
        return
    began = time.monotonic()
    with _full(world, world.disks.database), _full(world, world.disks.var):
        yield
    world.full.append((began, time.monotonic()))


@contextmanager
def _full(world: World, disk: Disk) -> Iterator[None]:
    disk.fill(world.random)
    try:
        time.sleep(world.random.uniform(*LONG) / 2)
        yield
    finally:
        disk.free()


@contextmanager
def _no_longer_files(world: World) -> Iterator[None]:
    """Where no disk can be filled: no process may write beyond what SQLite's log is long now."""
    if world.admin is not None:
        with database_read_only(world):
            yield
        return
    length = Path(f"{world.database}-wal").stat().st_size
    held = [pid for pid in _processes(world) if _limit(pid, length)]
    yield
    for pid in held:
        _limit(pid, resource.RLIM_INFINITY)


def _processes(world: World) -> Iterator[int]:
    """Of the service, with what they have started."""
    for process in world.stack.running.values():
        yield process.pid
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        yield from map(int, children.read_text().split() if children.exists() else [])


def _limit(pid: int, length: int) -> bool:
    """Whether the process was there to be limited."""
    with suppress(ProcessLookupError):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (length, resource.RLIM_INFINITY))
        return True
    return False


@contextmanager
def clock_jumps(world: World) -> Iterator[None]:
    """The service's clock is set, by less than the window in which a push is fresh; and set right again."""
    world.jump(world.random.choice([-1, 1]) * world.random.uniform(*JUMP))
    yield
    world.jump(0)


def platform_for_an_hour(**faults: Any) -> Fault:
    """The platform misbehaves in this way for an hour, which passes faster for all."""

    @contextmanager
    def fault(world: World) -> Iterator[None]:
        with platform(**faults)(world):
            world.pass_time(3600)
            yield

    return fault


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
    "database locked for long": database_locked_for_long,
    "database read for long": database_read_for_long,
    "database restarted": database_restarted,
    "database read only": database_read_only,
    "database full": database_full,
    "database and spool full": everything_full,
    "time: the clock jumps": clock_jumps,
    "time: the platform is dead for an hour": platform_for_an_hour(http_500=1.0),
    "time: the platform is slow for an hour": platform_for_an_hour(latency_ms=4000),
    "platform slow": platform(latency_ms=3000),
    "platform wrong": platform(error_rate={"*": {"code": -1, "share": 0.4}}, http_500=0.2),
    "platform dead": platform(http_500=1.0),
    "platform's answers lost": platform(drop_after_accept=0.3),
    "token expired": platform(token_expired="once"),
    "quota of a minute": platform(error_rate={"*": {"code": 45011, "share": 0.2}}),
}
