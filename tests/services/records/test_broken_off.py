"""A restore that is killed in the middle: the database is as it was, or no process starts until the restore was run again."""

import base64
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.services.backup import taking
from bot.services.deletion import operator, proof
from bot.services.office import Office
from bot.services.reports import probing
from bot.store.copies import unfinished
from config.settings import ROOT, Settings
from tests.conftest import ENVIRONMENT
from tests.services.records.conftest import Opened
from tests.services.records.test_backup import KEY, folder, rows, settings, talk
from tests.talk import Talk, openid

__all__ = ["folder", "settings", "talk"]
PROCESSES = (
    "from bot.app import create_server as main", "from workers.__main__ import main", "from workers.clock import main",
    "from workers.round import main",
)  # fmt: skip
WRITING = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
SECONDS = 60
TRIES = 10  # a restore may pass the moment before anybody looks


def environ(settings: Settings) -> dict[str, str]:
    """Of the programs of this installation."""
    given = {"DATABASE_URL": settings.database, "REDIS_URL": settings.redis, "VAR_DIR": str(settings.var_dir)}
    return {**os.environ, **ENVIRONMENT, **given, "BACKUP_KEY": base64.b64encode(KEY).decode()}


def restoring(settings: Settings, folder: Path) -> "subprocess.Popen[str]":
    flask = [str(Path(sys.executable).parent / "flask"), "--app", "bot.app", "restore", str(folder), "--replace"]
    return subprocess.Popen(
        flask, cwd=ROOT, env=environ(settings), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip


def killed_when(process: "subprocess.Popen[str]", reached: Callable[[], bool]) -> bool:
    """Whether it was killed there; False where it came to its end before anybody saw it there."""
    deadline = time.monotonic() + SECONDS
    while not reached():
        if process.poll() is not None:
            assert process.returncode == 0, process.communicate()[0]
            return False
        assert time.monotonic() < deadline
        time.sleep(0.002)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return True


def looking(settings: Settings, look: Callable[[Connection], bool]) -> Callable[[], bool]:
    """Looks at the database by a connection of its own each time; False while it is just being replaced."""

    def reached() -> bool:
        engine = create_engine(settings.database, poolclass=NullPool)
        try:
            with engine.connect() as connection:
                return look(connection)
        except DBAPIError:
            return False

    return reached


def under_way(settings: Settings) -> Callable[[], bool]:
    """Whether rows of the old database are being replaced: the copy lies beside it, or a transaction writes."""
    if settings.database.startswith("sqlite"):
        return (settings.var_dir / "wutong.restoring").exists
    return looking(settings, lambda connection: bool(connection.execute(text(WRITING)).scalar()))


def replaced(settings: Settings) -> Callable[[], bool]:
    """Whether the new rows are there, and the rest is under way."""
    return looking(settings, lambda connection: inspect(connection).has_table(unfinished.TABLE))


def test_killed_while_rows_are_replaced_it_has_changed_nothing(
    office: Office, talk: Talk, folder: Path, opened: Opened
) -> None:
    taking.take(office, folder, talk.now)
    talk.says("赵六", "兰天社区垃圾没人收")
    before, settings = rows(office), office.settings
    office.db.close()
    reached = under_way(settings)
    assert killed_when(restoring(settings, folder), reached)
    again = opened(settings)
    assert not unfinished.is_marked(again.db.engine)
    assert rows(again) == before
    assert (settings.var_dir / "media" / "1" / "1.png").exists()


def test_killed_afterwards_no_process_starts_until_it_was_run_again(
    office: Office, talk: Talk, folder: Path, opened: Opened
) -> None:
    taking.take(office, folder, talk.now)
    talk.wait(hours=1)
    operator.delete(office, openid("王阿姨"), talk.now)
    settings = office.settings
    office.db.close()
    assert any(killed_when(restoring(settings, folder), replaced(settings)) for _ in range(TRIES))
    for start in PROCESSES:
        refused = subprocess.run(
            [sys.executable, "-c", f"{start}\nmain()"], cwd=ROOT, env=environ(settings), capture_output=True, text=True,
            check=False, timeout=SECONDS,
        )  # fmt: skip
        assert (refused.returncode, unfinished.SAID in refused.stderr) == (1, True), refused.stderr
    half = opened(settings)
    assert probing.failing(half, talk.now) == {"database": "half restored"}
    half.db.close()
    done = restoring(settings, folder)
    said = done.communicate(timeout=SECONDS)[0]
    assert ("restored " in said, done.returncode) == (True, 0), said
    again = opened(settings)
    assert probing.failing(again, talk.now) == {}
    assert [line for line in proof.prove(again, openid("王阿姨"), talk.now) if not line.is_clean] == []
