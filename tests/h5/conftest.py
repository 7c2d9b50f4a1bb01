"""The pages inside WeChat of an office with the usual cast, and people who are signed in to them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy import select

import bot.console
import bot.h5
from bot.api import probes, problems, routes
from bot.h5.access import COOKIE
from bot.services.h5 import sessions
from bot.services.office import Office
from bot.store.persons import people
from bot.store.tables import persons
from tests.pages import LAMP, MEMBERS, Browser, app_of
from tests.services import cast
from tests.services.cast import CODE
from tests.talk import Talk, openid


@dataclass
class World:
    """The office, its talk and its pages."""

    office: Office
    talk: Talk
    app: Flask

    def at(self, name: str) -> Browser:
        """This person, signed in; somebody unknown has written to the account before."""
        browser = Browser(self.app.test_client())
        with self.office.db.transaction() as tx:
            person = people.locked_by_openid(tx, openid(name), datetime.now(UTC))
            token = sessions.opened(tx, person.id, datetime.now(UTC))
        browser.client.set_cookie(COOKIE, token, path="/h5")
        return browser

    def nobody(self) -> Browser:
        return Browser(self.app.test_client())

    def person(self, name: str) -> int:
        with self.office.db.reading() as tx:
            return int(tx.value(select(persons.c.id).where(persons.c.openid == openid(name))))

    def placed(self, who: str = "王阿姨", text: str = LAMP) -> str:
        found = CODE.search(self.talk.says(who, text))
        assert found
        return found[1]

    def given(self, who: str = "党员一", resident: str = "王阿姨") -> str:
        """An order that this member is invited to."""
        code = self.placed(resident)
        assert "已邀请" in self.talk.says("陈桥甲", f"派单 {code} {who}")
        return code

    def accepted(self, who: str = "党员一", resident: str = "王阿姨") -> str:
        code = self.given(who, resident)
        self.talk.says(who, f"接单 {code}")
        return code

    def done(self, who: str = "党员一") -> str:
        code = self.accepted(who)
        self.talk.says(who, f"完成 {code} 换好了")
        return code


@pytest.fixture
def world(office: Office, tmp_path: Path) -> World:
    with Redis.from_url(office.settings.redis) as redis:
        redis.flushdb()  # the tries of people who had the same numbers in other tests
    talk = cast.enter(office, tmp_path, MEMBERS)
    talk.now = datetime.now(UTC)
    return World(office, talk, app_of(office, problems, probes, routes, bot.console, bot.h5))
