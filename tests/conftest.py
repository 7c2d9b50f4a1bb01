"""What tests stand on: real Redis, the two databases, settings, and an office opened on them."""

import itertools
import os
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from redis import Redis
from sqlalchemy import Connection, create_engine

from bot.services.office import Office, open_office
from bot.store import migrate
from config.queues import PAUSED_KEY
from config.settings import Settings, load
from tests.databases import EVERY, FEW_ON_POSTGRESQL
from tests.programs import browser, servers

REQUIRED = {
    "WECHAT_TOKEN": "pamtest", "WECHAT_APP_ID": "wxb11529c136998cb6", "WECHAT_APP_SECRET": "secret",
    "SECRET_KEY": "s" * 32, "DATA_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "DUTY_PHONES": "13800009999",
    "GAS_PHONE": "13800009998", "WATER_PHONE": "13800009997", "POWER_PHONE": "13800009996",
}  # fmt: skip
ENVIRONMENT = {**REQUIRED, "SEND_HOURS": "00:00-24:00"}  # tests are run at any time of day
LOADING = frozenset({"model", "answers", "settings"})
_numbers = itertools.count(1)


class CountingNudge:
    """Stands where the workers' wake-up stands, and counts."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, urgent: bool = False) -> None:
        self.count += 1


def pytest_configure() -> None:
    """Files of tests lie in memory where there is room: SQLite waits for the disk at every commit."""
    memory = servers.in_memory()
    if memory:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leaves out of tests marked `databases.FEW_ON_POSTGRESQL` what they do not want there."""
    seen = Counter[object]()
    kept = list[pytest.Item]()
    for item in items:
        if item.get_closest_marker(FEW_ON_POSTGRESQL.name) and "postgresql" in item.name:
            test = item.nodeid.partition("[")[0]
            seen[test] += 1
            if seen[test] % EVERY != 1:
                continue
        kept.append(item)
    items[:] = kept


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    process, url = servers.start_redis(tmp_path_factory.mktemp("redis"))
    yield url
    servers.stop(process)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Connection]:
    """Its administrator's connection to a server with one migrated database to copy from."""
    with servers.postgres() as url:
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as admin:
            admin.exec_driver_sql("DROP DATABASE IF EXISTS wutong_template")
            admin.exec_driver_sql("CREATE DATABASE wutong_template")
            migrate.upgrade(_database(admin, "wutong_template"))
            yield admin
        engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "wutong.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process: Playwright may be started only once."""
    program = browser.find()
    assert program, "run `make install`"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


def _database(admin: Connection, name: str) -> str:
    return admin.engine.url.set(database=name).render_as_string(hide_password=False)


@contextmanager
def empty_database(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[str]:
    """The URL of a fresh migrated one; that of SQLite lies in this folder."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / "wutong.db")
        yield f"sqlite:///{folder / 'wutong.db'}"
        return
    admin: Connection = request.getfixturevalue("postgres_server")
    name = f"wutong_{next(_numbers)}"
    admin.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")
    copied = (
        " STRATEGY FILE_COPY" if (admin.dialect.server_version_info or ()) >= (15,) else ""
    )  # faster than by its log
    admin.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE wutong_template{copied}")
    yield _database(admin, name)
    admin.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh migrated database of each kind."""
    with empty_database(request, request.param, tmp_path) as url:
        yield url


@pytest.fixture
def settings(database_url: str, redis_server: str, tmp_path: Path) -> Settings:
    """With a Redis that other tests have used; a channel that rests since then works again."""
    with Redis.from_url(redis_server) as redis:
        for key in redis.scan_iter(f"{PAUSED_KEY}:*"):
            redis.delete(key)
    return load({**ENVIRONMENT, "DATABASE_URL": database_url, "REDIS_URL": redis_server, "VAR_DIR": str(tmp_path)})


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    office = open_office(settings, CountingNudge())
    yield office
    for thread in threading.enumerate():  # what is loaded beside requests gives its connection back first
        if thread.name in LOADING:
            thread.join(10)
    office.db.close()
