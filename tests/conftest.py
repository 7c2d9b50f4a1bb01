"""What tests stand on: real Redis, the two databases, settings, and an office opened on them."""

import itertools
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import create_engine, make_url

from bot.services.office import Office, open_office
from bot.store import migrate
from config.settings import Settings, load
from tests import browser, servers

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


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    process, url = servers.start_redis(tmp_path_factory.mktemp("redis"))
    yield url
    servers.stop(process)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A server with one migrated database to copy from."""
    with servers.postgres() as url:
        admin = create_engine(url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.exec_driver_sql("DROP DATABASE IF EXISTS wutong_template")
            connection.exec_driver_sql("CREATE DATABASE wutong_template")
        migrate.upgrade(_database(url, "wutong_template"))
        admin.dispose()
        yield url


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


def _database(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh migrated database of each kind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "wutong.db")
        yield f"sqlite:///{tmp_path / 'wutong.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"wutong_{next(_numbers)}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")
        version = connection.dialect.server_version_info or ()
        copied = " STRATEGY FILE_COPY" if version >= (15,) else ""  # a third faster than by the log of the database
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE wutong_template{copied}")
    yield _database(server, name)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture
def settings(database_url: str, redis_server: str, tmp_path: Path) -> Settings:
    return load({**ENVIRONMENT, "DATABASE_URL": database_url, "REDIS_URL": redis_server, "VAR_DIR": str(tmp_path)})


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    office = open_office(settings, CountingNudge())
    yield office
    for thread in threading.enumerate():  # what is loaded beside requests gives its connection back first
        if thread.name in LOADING:
            thread.join(10)
    office.db.close()
