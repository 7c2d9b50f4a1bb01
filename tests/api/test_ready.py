"""/readyz says what is broken: a server that answers and refuses to write is no server."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy import create_engine, func, select, text

from bot.api import probes
from bot.services.office import Office, open_office
from bot.store.schema.sending import receipts
from config.settings import load
from tests.api.conftest import World
from tests.conftest import ENVIRONMENT, CountingNudge
from tests.programs import servers


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[str]:
    process, url = servers.start_redis(tmp_path / "redis")
    yield url
    servers.stop(process)


def ready(office: Office) -> tuple[int, Any]:
    app = Flask("probed")
    app.extensions["office"] = office
    probes.register(app)
    answer = app.test_client().get("/readyz")
    return answer.status_code, answer.get_json()


@pytest.mark.parametrize(
    "settings_of_server",
    [
        {"replicaof": "127.0.0.1 1"},
        {"maxmemory": "1", "maxmemory-policy": "noeviction"},
        {"min-replicas-to-write": "1"},
    ],
)
def test_a_redis_that_answers_and_refuses_writes_is_named(
    office: Office, own_redis: str, settings_of_server: dict[str, str]
) -> None:
    served = replace(office, settings=replace(office.settings, redis_url=own_redis))
    assert ready(served) == (200, {"status": "ok", "failing": {}})
    with Redis.from_url(own_redis) as redis:
        for name, value in settings_of_server.items():
            if name == "replicaof":
                redis.execute_command("REPLICAOF", *value.split())
            else:
                redis.config_set(name, value)
        assert redis.ping()
    status, answer = ready(served)
    assert (status, answer["status"], list(answer["failing"])) == (503, "failing", ["redis"])


def test_a_redis_whose_snapshot_fails_is_named(office: Office, own_redis: str, tmp_path: Path) -> None:
    served = replace(office, settings=replace(office.settings, redis_url=own_redis))
    (tmp_path / "redis" / "dump.rdb").mkdir()  # where the snapshot belongs
    with Redis.from_url(own_redis) as redis:
        redis.config_set("save", "3600 1")
        redis.set("changed", "1")
        redis.bgsave()
        deadline = time.monotonic() + 10
        while redis.info("persistence")["rdb_last_bgsave_status"] == "ok":
            assert time.monotonic() < deadline
            time.sleep(0.02)
    status, answer = ready(served)
    assert (status, list(answer["failing"])) == (503, ["redis"])


def test_a_redis_that_is_gone_is_named(office: Office, tmp_path: Path) -> None:
    gone = replace(office.settings, redis_url=f"unix://{tmp_path / 'none.sock'}")
    assert ready(replace(office, settings=gone)) == (
        503,
        {"status": "failing", "failing": {"redis": "ConnectionError"}},
    )


def test_a_database_that_answers_and_refuses_writes_is_named(office: Office) -> None:
    if office.db.url.get_backend_name() == "sqlite":
        other = sqlite3.connect(str(office.db.url.database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        status, answer = ready(office)
        other.close()
        assert (status, list(answer["failing"])) == (503, ["database"])
        return
    admin = create_engine(office.db.url)
    with admin.begin() as connection:
        connection.execute(text(f"ALTER DATABASE {office.db.url.database} SET default_transaction_read_only = on"))
    admin.dispose()
    office.db.engine.dispose()
    status, answer = ready(office)
    assert (status, list(answer["failing"])) == (503, ["database"])


def test_a_database_whose_lock_cannot_be_written_is_named(
    sqlite_template: Path, redis_server: str, tmp_path: Path
) -> None:
    shutil.copy(sqlite_template, tmp_path / "wutong.db")
    (tmp_path / "wutong.lock").mkdir()
    given = {"REDIS_URL": redis_server, "VAR_DIR": str(tmp_path)}
    office = open_office(load({**ENVIRONMENT, **given}), CountingNudge())
    status, answer = ready(office)
    office.db.close()
    assert (status, answer["failing"]) == (503, {"database": "IsADirectoryError"})


def test_a_database_that_is_not_migrated_is_named(office: Office) -> None:
    with office.db.transaction() as tx:
        tx.connection.exec_driver_sql("DELETE FROM alembic_version")
    assert ready(office) == (503, {"status": "failing", "failing": {"database": "not migrated"}})


def test_the_probe_leaves_nothing_in_the_database(world: World) -> None:
    for _ in range(3):
        assert world.client.get("/readyz").status_code == 200
    with world.office.db.reading() as tx:
        assert tx.value(select(func.count()).select_from(receipts)) == 0
