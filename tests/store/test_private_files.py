"""Nobody but the service's own user reads what it writes, whatever the system's default mode is."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.services.files import media
from bot.services.messages import spool
from bot.services.office import no_nudge, open_office
from bot.store import migrate
from bot.store.connections import private_files
from config.settings import load
from tests.conftest import ENVIRONMENT
from tests.talk import NOON


@pytest.fixture(autouse=True)
def everybody_may_read() -> Iterator[None]:
    before = os.umask(0o000)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    found = {".": oct(folder.stat().st_mode & 0o777)}
    for path in sorted(folder.rglob("*")):
        found[str(path.relative_to(folder))] = oct(path.stat().st_mode & 0o777)
    return found


def test_database_spool_and_media_are_for_the_service_alone(tmp_path: Path) -> None:
    var = tmp_path / "var"
    url = f"sqlite:///{var / 'wutong.db'}"
    migrate.upgrade(url)
    settings = load({**ENVIRONMENT, "DATABASE_URL": url, "VAR_DIR": str(var), "REDIS_URL": "redis://127.0.0.1:1/0"})
    office = open_office(settings, no_nudge)
    with office.db.transaction() as tx:
        tx.run(text("UPDATE persons SET name = name"))
        spool.keep(office, "m:1", "{}", NOON)
        media.write(var / "media" / "7" / "1.png", b"picture")
        found = modes(var)
    office.db.close()
    assert {name for name in found if "wutong.db" in name} >= {"wutong.db", "wutong.db-wal", "wutong.db-shm"}
    for name, mode in found.items():
        assert mode == ("0o700" if (var / name).is_dir() else "0o600"), name


def test_what_an_older_version_left_readable_is_closed_when_the_service_starts(tmp_path: Path) -> None:
    var = tmp_path / "var"
    var.mkdir()
    (var / "wutong.db").touch()
    (var / "spool").mkdir()
    settings = load({**ENVIRONMENT, "VAR_DIR": str(var), "REDIS_URL": "redis://127.0.0.1:1/0"})
    office = open_office(settings, no_nudge)
    office.db.close()
    assert modes(var)["."] == "0o700"
    assert modes(var)["wutong.db"] == "0o600"


def test_a_folder_that_others_share_keeps_its_mode(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    migrate.upgrade(f"sqlite:///{shared / 'wutong.db'}")
    assert modes(shared)["."] == "0o777"
    assert modes(shared)["wutong.db"] == "0o600"


def test_a_file_is_there_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "kept"
    with private_files.whole(target) as file:
        file.write(b"first")
        assert not target.exists()
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"first", 0o600)
    with pytest.raises(ZeroDivisionError):
        _break_off(target)
    assert target.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [target]


def _break_off(target: Path) -> None:
    with private_files.whole(target) as file:
        file.write(b"second")
        raise ZeroDivisionError
