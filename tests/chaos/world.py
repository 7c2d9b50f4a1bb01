"""What chaos is made in: the Procfile's processes with two clocks, a Redis and a database that can be hurt, the sandbox as platform."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import requests
from redis import Redis
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import DBAPIError

from bot.store import migrate
from tests.chaos import disks
from tests.chaos.disks import Disk
from tests.end_to_end.stack import Stack, installed
from tests.programs import servers

CAST = """角色,姓名,手机号,社区,网格,支部,技能
社区工作者,陈桥甲,13800000101,陈桥社区,,,
社区工作者,陈桥乙,13800000102,陈桥社区,,,
街道管理员,办事处甲,13800000105,,,,
党员,党员一,13800000111,陈桥社区,网格01,第一支部,
党员,党员二,13800000112,陈桥社区,网格02,第一支部,
"""
LIMITS = {"SANDBOX_MARKFAIL_AFTER": "1000000", "MESSAGES_PER_MINUTE": "1000", "SEND_HOURS": "00:00-24:00"}
"""Neither side refuses to talk because of how often somebody speaks or fails: that is tested elsewhere."""
MEGABYTES = 128  # of a disk that can be filled
SHIFTED = Path(__file__).parent / "shifted"
STEP, STEP_SECONDS = 120.0, 0.7  # so much passes at once, and so long until every process knows


@dataclass(frozen=True, slots=True)
class Disks:
    """That of VAR_DIR and that of the database; None where this machine lets nobody mount one."""

    var: Disk | None
    database: Disk | None


@dataclass
class World:
    """`down`: spans of the monotonic clock in which no web process could answer; a message inside may be lost by the platform."""

    stack: Stack
    redis: "subprocess.Popen[bytes]"
    redis_folder: Path
    admin: Engine | None
    database: str
    disks: Disks
    random: Random
    down: list[tuple[float, float]] = field(default_factory=list)
    full: list[tuple[float, float]] = field(
        default_factory=list
    )  # no disk took anything: words may be lost, if it is said
    hurried: list[tuple[float, float]] = field(
        default_factory=list
    )  # time passed faster: a push that took two seconds is stale
    kills: int = 0  # of a process that sends
    passed: float = 0.0  # seconds of all clocks beyond the machine's
    jumped: float = 0.0  # of the service's clock alone
    jumps: int = 0
    people: dict[str, str] = field(default_factory=dict)

    def now(self) -> datetime:
        """By the platform's clock, and the service's while it has not jumped."""
        return datetime.now(UTC) + timedelta(seconds=self.passed)

    def jump(self, seconds: float) -> None:
        """The service's clock is so far from the platform's; 0: it is right."""
        self.jumped, self.jumps = seconds, self.jumps + 1
        self._set_clock()

    def pass_time(self, seconds: float) -> None:
        """So much time passes, for the platform and the service alike, in steps that leave signatures fresh."""
        began = time.monotonic()
        for _ in range(round(seconds / STEP)):
            self.stack.sandbox.advance(STEP)
            self.passed += STEP
            self._set_clock()
            time.sleep(STEP_SECONDS)
        self.hurried.append((began, time.monotonic()))

    def _set_clock(self) -> None:
        file = Path(self.stack.environ["CHAOS_CLOCK"])
        fresh = file.with_suffix(".new")
        fresh.write_text(f"{self.passed + self.jumped}", "ascii")
        fresh.replace(file)

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
        """Whether the web process answers, whatever is broken behind it. The server ends when its processes die too often:
        then it is started again, as systemd does."""
        if self.stack.running["web"].poll() is not None:
            self.stack.running.pop("web")
            self.stack.start("web")
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
        found = Disks(*(stack.enter_context(_disk(name)) for name in ("var", "database")))
        url, admin = stack.enter_context(_database(kind, found.database.folder if found.database else folder))
        migrate.upgrade(url)
        redis, redis_url = servers.start_redis(folder / "redis")
        os.environ.update({"CHAOS_CLOCK": str(folder / "clock"), "PYTHONPATH": str(SHIFTED)})
        var_dir = found.var.folder / "var" if found.var else folder / "var"
        running = stack.enter_context(installed(url, redis_url, var_dir, mode="plain", webs=1, workers=1, logs=folder))
        made = World(running, redis, folder / "redis", admin, make_url(url).database or "", found, random)
        stack.callback(lambda: servers.stop(made.redis))
        running.start("clock2")
        made.people = running.import_and_bind(CAST)
        yield made


@contextmanager
def _disk(name: str) -> Iterator[Disk | None]:
    """A small file system; one line where there can be none."""
    folder = Path(tempfile.mkdtemp(prefix="wtd"))
    folder.chmod(0o755)  # PostgreSQL's own user passes through
    try:
        made: Disk | None = disks.mounted(folder / name, MEGABYTES)
    except OSError as error:
        made = None
        print(f"chaos: no disk that can be filled ({error}): a full database is imitated", flush=True)
    try:
        yield made
    finally:
        if made is not None:
            made.leave()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[tuple[str, Engine | None]]:
    """The URL, and for PostgreSQL a connection of its administrator. It lies in this folder, PostgreSQL's as far as it can."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'wutong.db'}", None
        return
    with servers.postgres(durable=True) as url:
        name = f"wutong_chaos_{os.getpid()}"
        admin = create_engine(url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")
        _create(admin, name, folder / "tables")
        try:
            yield make_url(url).set(database=name).render_as_string(hide_password=False), admin
        finally:
            with admin.connect() as connection:
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
                connection.exec_driver_sql(f"DROP TABLESPACE IF EXISTS {name}")
            admin.dispose()


def _create(admin: Engine, name: str, folder: Path) -> None:
    """A database whose tables lie in this folder; where the server may not write there, as any other."""
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        with suppress(LookupError):  # of servers.postgres
            shutil.chown(folder, "postgres")
    with admin.connect() as connection:
        try:
            connection.exec_driver_sql(f"CREATE TABLESPACE {name} LOCATION '{folder}'")
            connection.exec_driver_sql(f"CREATE DATABASE {name} TABLESPACE {name}")
        except DBAPIError as error:
            print(f"chaos: PostgreSQL does not lie on the disk that is filled: {error.orig}", flush=True)
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
