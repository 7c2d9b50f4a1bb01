"""What the workers' tests stand on: a private Redis, a database, a small platform, and a desk wired to them."""

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.services.outbox import rules
from bot.store.people import NEW_PERSON
from bot.store.tables import metadata, persons
from config.settings import Settings, load
from tests import servers
from tests.conftest import ENVIRONMENT
from tests.workers.platform import FakePlatform, serve
from workers.desk import Desk, open_desk

TEMPLATES = {
    "order": {"id": "T-order", "kind": "template",
              "fields": {"character_string1": "code", "thing2": "what", "phrase3": "state"}},
    "reminder": {"id": "T-reminder", "kind": "template",
                 "fields": {"thing1": "title", "thing2": "body", "time3": "when"}},
    "*": {"id": "S-any", "kind": "subscribe", "fields": {"thing1": "title"}},
}  # fmt: skip


@pytest.fixture
def redis_url() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="wt") as short:  # a socket's path may have 107 bytes only
        process, url = servers.start_redis(Path(short))
        yield url
        servers.stop(process)


@pytest.fixture
def platform() -> FakePlatform:
    return FakePlatform()


@pytest.fixture
def address(platform: FakePlatform) -> Iterator[str]:
    server = serve(platform)
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def environment(tmp_path: Path, redis_url: str, address: str) -> dict[str, str]:
    return {
        **ENVIRONMENT, "VAR_DIR": str(tmp_path), "REDIS_URL": redis_url, "WECHAT_API_URL": address,
        "WECHAT_TEMPLATES": json.dumps(TEMPLATES),
    }  # fmt: skip


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    return load(environment)


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    rules.cache_clear()
    opened = open_desk(settings)
    metadata.create_all(opened.db.engine)
    yield opened
    opened.close()


def add_person(desk: Desk, openid: str | None, **values: object) -> int:
    row = {**NEW_PERSON, "openid": openid, "created_at": datetime(2026, 11, 24, tzinfo=UTC), **values}
    with desk.db.transaction() as tx:
        key = tx.run(insert(persons).values(**row)).inserted_primary_key
    assert key is not None
    return int(key[0])
