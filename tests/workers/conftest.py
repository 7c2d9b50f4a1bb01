"""What the workers' tests stand on: real Redis, both databases, a platform, and a desk wired to them."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy import Row, insert, select

from bot.app import create_app
from bot.services.notices.rules import rules
from bot.store.database import open_database
from bot.store.persons import people
from bot.store.persons.people import NEW_PERSON
from bot.store.rows import Person
from bot.store.schema.sending import attempts as attempts_table
from bot.store.sending import notices
from bot.store.sending.attempts import TOOK
from bot.store.tables import notices as table
from bot.store.tables import persons
from config.settings import Settings, load
from tests.conftest import ENVIRONMENT
from tests.listening import listening
from tests.sandbox.client import Sandbox
from tests.sandbox.options import Options, read_templates
from tests.sandbox.server import running
from tests.workers.platform import FakePlatform, serve
from workers.resources import Desk, open_desk
from workers.sending.delivery import Delivery

TEMPLATES = {
    "order": {"id": "T-order", "kind": "template",
              "fields": {"character_string1": "code", "thing2": "what", "phrase3": "state"}},
    "reminder": {"id": "T-reminder", "kind": "template",
                 "fields": {"thing1": "title", "thing2": "body", "time3": "when"}},
    "*": {"id": "S-any", "kind": "subscribe", "fields": {"thing1": "title"}},
}  # fmt: skip
CARD = {"*": {"id": "T-any", "kind": "template", "fields": {"thing1": "title", "thing2": "body"}}}
RECEIPT_PATH = "receipts-of-short-messages"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The session's server, empty."""
    with Redis.from_url(redis_server) as redis:
        redis.flushall()
    return redis_server


@pytest.fixture
def platform() -> FakePlatform:
    return FakePlatform()


@pytest.fixture
def address(platform: FakePlatform) -> Iterator[str]:
    """Where the platform is; tests on the sandbox override it."""
    server = serve(platform)
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def web_server(
    tmp_path_factory: pytest.TempPathFactory, redis_server: str, sqlite_template: Path
) -> Iterator[tuple[Flask, int]]:
    """A web process and its port; which office it belongs to may be changed, as reading all data takes long."""
    folder = tmp_path_factory.mktemp("web")
    shutil.copy(sqlite_template, folder / "wutong.db")
    app = create_app(load({**ENVIRONMENT, "REDIS_URL": redis_server, "VAR_DIR": str(folder)}))
    with listening(app) as port:
        yield app, port
    app.extensions["office"].db.close()


@contextmanager
def working_for(app: Flask, settings: Settings, **changes: Any) -> Iterator[None]:
    """This web process belongs to the office of these settings."""
    usual = app.extensions["office"]
    office = replace(usual, settings=settings, db=open_database(settings), **changes)
    app.extensions["office"] = office
    yield
    app.extensions["office"] = usual
    office.db.close()


@pytest.fixture
def hearing(settings: Settings, sandbox: Sandbox, web_server: tuple[Flask, int]) -> Iterator[None]:
    """The web process belongs to this test's office, and the platform's receipts and events come."""
    with working_for(web_server[0], settings):
        sandbox.set_faults(receipts="")
        yield
        sandbox.set_faults(receipts="lost")


@pytest.fixture(scope="session")
def sandbox_server(web_server: tuple[Flask, int]) -> Iterator[Sandbox]:
    options = Options(
        app_id=ENVIRONMENT["WECHAT_APP_ID"], secret=ENVIRONMENT["WECHAT_APP_SECRET"], token=ENVIRONMENT["WECHAT_TOKEN"],
        port=0, service_url=f"http://127.0.0.1:{web_server[1]}/wechat", markfail_after=0, deliveries=1,
        templates=read_templates(TEMPLATES | {"card": CARD["*"]}),
        sms_receipts_url=f"http://127.0.0.1:{web_server[1]}/sms/receipts/{RECEIPT_PATH}",
    )  # fmt: skip
    with running(options) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_server: Sandbox) -> Sandbox:
    """The sandbox as freshly started, and deaf: who wants receipts switches them on."""
    sandbox_server.clear_faults()
    sandbox_server.reset()
    sandbox_server.set_faults(receipts="lost")
    return sandbox_server


@pytest.fixture
def templates() -> Mapping[str, Any]:
    return TEMPLATES


@pytest.fixture
def environment(
    tmp_path: Path, redis_url: str, address: str, database_url: str, templates: Mapping[str, Any]
) -> dict[str, str]:
    return {
        **ENVIRONMENT, "VAR_DIR": str(tmp_path), "REDIS_URL": redis_url, "WECHAT_API_URL": address,
        "DATABASE_URL": database_url, "WECHAT_TEMPLATES": json.dumps(templates),
    }  # fmt: skip


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    return load(environment)


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    rules.cache_clear()
    opened = open_desk(settings)
    yield opened
    opened.close()


def add_person(desk: Desk, openid: str | None, *, chat: int = 0, **values: object) -> int:
    """`chat`: so many messages are left in their customer-service window."""
    now = datetime.now(UTC)
    window = {"chat_until": now + timedelta(hours=1), "chat_left": chat} if chat else {}
    row = {**NEW_PERSON, "openid": openid, "created_at": now, **window, **values}
    with desk.db.transaction() as tx:
        key = tx.run(insert(persons).values(**row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def write(desk: Desk, *person_ids: int, need: int = 1) -> None:
    """A notice for each."""
    with desk.db.transaction() as tx:
        notices.write(tx, person_ids, "late", now=datetime.now(UTC), facts={"body": "您好", "title": "提醒"}, need=need)


def deliver(desk: Desk) -> int:
    return Delivery(desk, never()).run(20)


def never() -> Callable[[], bool]:
    return lambda: False


def later(desk: Desk, settings: Settings) -> None:
    """What is to be sent later goes out now, by a new process that knows of no pause."""
    with desk.db.transaction() as tx:
        tx.run(
            table.update()
            .where(table.c.state.in_(("pending", "sending")))
            .values(due_at=LONG_AGO, lease_until=LONG_AGO)
        )
    with Redis.from_url(settings.redis) as redis:
        redis.delete("wutong:paused:all", *(f"wutong:paused:{name}" for name in rules()["quota"]))
    fresh = open_desk(settings)
    deliver(fresh)
    fresh.close()


def told(sandbox: Sandbox, openid: str) -> list[str]:
    """The APIs by which the platform brought this person something, in turn; copies that it dropped do not count."""
    sends = [send for send in sandbox.sent() if send["openid"] == openid and not send["duplicate"]]
    return [send["api"].split("/")[1] for send in sends]


def notice(desk: Desk) -> Row[Any]:
    """The only one."""
    with desk.db.reading() as tx:
        (found,) = tx.all(select(table))
    return found


def attempts(desk: Desk) -> list[tuple[str, str]]:
    """(channel, outcome) of all attempts, the oldest first."""
    with desk.db.reading() as tx:
        return [(row.channel, row.outcome) for row in tx.all(select(attempts_table).order_by(attempts_table.c.id))]


def took(desk: Desk) -> list[str]:
    """The channels that took the only notice, in turn."""
    found = [channel for channel, outcome in attempts(desk) if outcome in TOOK]
    assert notice(desk).taken == (notice(desk).need if "reply" in found else len(found))
    return found


def sent_as(desk: Desk) -> str:
    """The platform's id of the last message that it took."""
    with desk.db.reading() as tx:
        query = select(attempts_table.c.message_id).where(attempts_table.c.message_id.is_not(None))
        return str(tx.value(query.order_by(attempts_table.c.id.desc()).limit(1)))


def person(desk: Desk, person_id: int) -> Person:
    with desk.db.reading() as tx:
        return people.by_id(tx, person_id)
