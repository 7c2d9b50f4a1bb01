"""Two ways of running the whole: small (SQLite, plaintext) and like a city's (PostgreSQL, safe mode, two of each).

To start one takes longer than most of what is tested on it, so the tests of a file share it, with the people of a roster.
"""

from collections.abc import Iterator

import pytest
from redis import Redis

from tests.conftest import empty_database
from tests.end_to_end.stack import Stack, installed
from tests.story import CAST


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def installation(
    request: pytest.FixtureRequest, redis_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("whole")
    Redis.from_url(redis_server).flushall()
    mode, copies = ("plain", 1) if request.param == "sqlite" else ("safe", 2)
    with (
        empty_database(request, request.param, folder) as database,
        installed(database, redis_server, folder, mode=mode, webs=copies, workers=copies) as running,
    ):
        running.people = running.import_and_bind(CAST)
        yield running


@pytest.fixture
def stack(installation: Stack) -> Stack:
    """It with all its processes, whatever the test before did."""
    installation.sandbox.clear_faults()
    installation.start_all()
    return installation
