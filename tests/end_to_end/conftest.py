"""Two ways of running the whole: small (SQLite, plaintext) and like a city's (PostgreSQL, safe mode, two of each)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from tests.end_to_end.stack import Stack, installed


@pytest.fixture
def stack(database_url: str, redis_server: str, tmp_path: Path) -> Iterator[Stack]:
    Redis.from_url(redis_server).flushall()
    mode, copies = ("plain", 1) if database_url.startswith("sqlite") else ("safe", 2)
    with installed(database_url, redis_server, tmp_path, mode=mode, webs=copies, workers=copies) as running:
        yield running
