"""The console of an office with the usual cast, and people who are signed in to it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

import bot.console
from bot.api import probes, problems, routes
from bot.console.access import COOKIE
from bot.services.accounts import opening
from bot.services.accounts.clients import Client
from bot.services.office import Office
from bot.store.console import accounts
from bot.store.persons import people
from bot.store.tables import persons
from config.queues import connect
from tests.pages import LAMP as LAMP
from tests.pages import MEMBERS as MEMBERS
from tests.pages import Browser as Browser
from tests.pages import app_of
from tests.services import cast
from tests.services.cast import CODE
from tests.talk import Talk


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
        for key in redis.scan_iter("wutong:sign_in:*127.0.0.1*"):
            redis.delete(key)
    talk = cast.enter(office, tmp_path, MEMBERS)
    talk.now = datetime.now(UTC)
    return World(office, talk, app_of(office, problems, probes, routes, bot.console))
