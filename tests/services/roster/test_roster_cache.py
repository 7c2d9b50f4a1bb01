"""The names of the roster that a process keeps for reading."""

from pathlib import Path

from bot.services.office import open_office
from bot.store import migrate
from config.settings import load
from tests.conftest import ENVIRONMENT, CountingNudge
from tests.services import cast

REPORT = "陈桥甲把维修资金拿去炒股"


def test_names_that_could_not_be_loaded_are_there_with_the_next_message(redis_server: str, tmp_path: Path) -> None:
    file = tmp_path / "wutong.db"
    file.touch()  # a database without tables: nothing can be read of it
    settings = load(
        {**ENVIRONMENT, "DATABASE_URL": f"sqlite:///{file}", "REDIS_URL": redis_server, "VAR_DIR": str(tmp_path)}
    )
    office = open_office(settings, CountingNudge())
    try:
        assert office.reader.tells_of_wrong(REPORT) is None
        migrate.upgrade(settings.database)
        other = open_office(settings, CountingNudge())  # another process enters the roster
        cast.enter(other, tmp_path)
        other.db.close()
        assert office.reader.tells_of_wrong(REPORT) is not None
    finally:
        office.db.close()
