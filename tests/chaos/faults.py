"""What can go wrong: each fault is a context manager that hurts the world, and mends it at the end."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

from redis.exceptions import RedisError

from tests.chaos.database_faults import (
    database_full,
    database_locked,
    database_locked_for_long,
    database_read_for_long,
    database_read_only,
    database_restarted,
    everything_full,
)
from tests.chaos.world import World

Fault = Callable[[World], AbstractContextManager[None]]
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
