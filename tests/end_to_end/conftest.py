"""Two ways of running the whole: small (SQLite, plaintext) and like a city's (PostgreSQL, safe mode, two of each)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from tests.end_to_end.stack import Stack, installed


@pytest.fixture
def stack(database_url: str, redis_server: str, tmp_path: Path) -> Iterator[Stack]:
    Redis.from_url(redis_server).flushall()
    small = database_url.startswith("sqlite")
    with installed(
        database_url, redis_server, tmp_path, mode="plain" if small else "safe", copies=1 if small else 2
    ) as running:
        yield running
