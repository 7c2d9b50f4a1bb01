"""Services in safe mode, for what is pushed at them: a fresh one on each database, and one that a module shares."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from bot.app import create_app
from bot.services.office import Office
from bot.wechat import webhook
from config.settings import load
from tests.conftest import ENVIRONMENT
from tests.wechat.pushing import KEY


def serving(database: str, redis: str, folder: Path) -> Iterator[Flask]:
    """An application until it is no longer needed."""
    given = {"DATABASE_URL": database, "REDIS_URL": redis, "VAR_DIR": str(folder), "WECHAT_AES_KEY": KEY}
    given |= {"MESSAGES_PER_MINUTE": "1000000"}  # tests of other things send many at once
    app = create_app(load({**ENVIRONMENT, **given}))
    app.extensions["plain"] = plain(app.extensions["office"])
    yield app
    app.extensions["office"].db.close()


def plain(office: Office) -> Flask:
    """The webhook of the same office, as if its account did not encrypt."""
    twin = Flask("plain")
    settings = replace(office.settings, wechat_aes_key="")
    twin.extensions["office"] = replace(office, settings=settings)
    webhook.register(twin)
    return twin


@pytest.fixture
def safe_app(database_url: str, redis_server: str, tmp_path: Path) -> Iterator[Flask]:
    yield from serving(database_url, redis_server, tmp_path)


@pytest.fixture
def safe_office(safe_app: Flask) -> Office:
    found: Office = safe_app.extensions["office"]
    return found


@pytest.fixture(scope="module")
def shared_app(sqlite_template: Path, redis_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("shared")
    shutil.copy(sqlite_template, folder / "wutong.db")
    yield from serving(f"sqlite:///{folder / 'wutong.db'}", redis_server, folder)
