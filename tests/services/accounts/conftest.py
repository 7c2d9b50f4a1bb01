"""An office whose people sign in to the console."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from bot.app import create_app
from bot.services.office import Office
from config.queues import connect
from tests.services import cast
from tests.services.accounts.desk import CLIENT, ELSEWHERE, Desk

MORE = "党员,党员甲,13800000201,陈桥社区,网格01,,\n社区工作者,张伟,13800000202,陈桥社区,,,\n社区工作者,张伟,13800000203,兰天社区,,,\n"


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Desk:
    with connect(office.settings.redis, timeout=5) as redis:  # one server for all tests
        for each in (CLIENT, ELSEWHERE):
            for key in redis.scan_iter(f"wutong:sign_in:*{each.address}*"):
                redis.delete(key)
    return Desk(cast.enter(office, tmp_path, MORE))


@pytest.fixture
def app(office: Office) -> Iterator[Flask]:
    app = create_app(office.settings)
    yield app
    app.extensions["office"].db.close()
