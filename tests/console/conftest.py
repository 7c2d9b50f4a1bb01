"""The console of an office with the usual cast, and people who are signed in to it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

import bot.api
import bot.console
from bot.app import Sessions
from bot.console.access import COOKIE
from bot.services.accounts import opening, rate
from bot.services.accounts.clients import Client
from bot.services.office import Office
from bot.store import people
from bot.store.console import accounts
from bot.store.tables import persons
from config.queues import connect
from tests.services import cast
from tests.services.cast import CODE
from tests.talk import Talk

MEMBERS = """党员,党员一,13800000111,陈桥社区,网格01,第一支部,水电
党员,党员二,13800000112,陈桥社区,网格02,第一支部,
"""
LAMP = "陈桥社区金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下，电话13900001234"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Browser:
    """Somebody at the console."""

    client: FlaskClient
    page: str = ""
    token: str = ""

    def open(self, address: str, **more: Any) -> TestResponse:
        answer = self.client.get(address, **more)
        self._see(answer)
        return answer

    def send(self, address: str, **fields: Any) -> TestResponse:
        """A form, with the token of the last page."""
        answer = self.client.post(address, data={"csrf_token": self.token, **fields})
        self._see(answer)
        return answer

    def _see(self, answer: TestResponse) -> None:
        """The page without its tokens, which may hold any digits; of a file whatever letters it has."""
        found = answer.data.decode("utf-8", "replace")
        token = TOKEN.search(found)
        self.token = token[1] if token else self.token
        self.page = TOKEN.sub("", found)


@dataclass
class World:
    """The office, its talk and its console."""

    office: Office
    talk: Talk
    app: Flask

    def at(self, name: str) -> Browser:
        """This person, signed in."""
        browser, person = Browser(self.app.test_client()), self.person(name)
        with self.office.db.transaction() as tx:
            if people.rights_of(tx, person).needs_totp:
                accounts.put(tx, person, datetime.now(UTC), totp_sealed=b"set up")
            opened = opening.open_session(
                tx, person, Client("127.0.0.1", "test"), datetime.now(UTC), must_enrol=False, how="password"
            )
        browser.client.set_cookie(COOKIE, opened.token, path="/console")
        return browser

    def person(self, name: str) -> int:
        with self.office.db.reading() as tx:
            return int(tx.value(select(persons.c.id).where(persons.c.name == name)))

    def nobody(self) -> Browser:
        return Browser(self.app.test_client())

    def placed(self, who: str = "王阿姨", text: str = LAMP) -> str:
        found = CODE.search(self.talk.says(who, text))
        assert found
        return found[1]


@pytest.fixture
def world(office: Office, tmp_path: Path) -> World:
    with connect(office.settings.redis, timeout=5) as redis:  # one server for all tests, and one address
        redis.delete(rate.KEY.format(address="127.0.0.1"))
    talk = cast.enter(office, tmp_path, MEMBERS)
    talk.now = datetime.now(UTC)
    app = Flask("bot")
    app.config.update(SECRET_KEY="s" * 32)
    app.session_interface = Sessions()
    app.extensions["office"] = office
    bot.api.register(app)
    bot.console.register(app)
    return World(office, talk, app)
