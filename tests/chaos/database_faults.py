"""What can go wrong with the database and its disk. See `tests.chaos.faults`."""

import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from tests.chaos.disks import Disk
from tests.chaos.world import World

LONG = (4.0, 9.0)  # seconds of a long transaction, beside those of every fault


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
