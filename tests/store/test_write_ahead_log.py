"""What is committed on SQLite is on the disk before the transaction returns, and nobody waits for the disk with the lock."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import OperationalError

from bot.store import write_ahead_log
from bot.store.database import Database
from bot.store.schema.sending import receipts
from bot.store.sealed.vault import Vault
from bot.store.tables import metadata
from tests.talk import NOON

_watched: list[tuple[Path, list[bool]]] = []


def _note(event: str, given: tuple[Any, ...]) -> None:
    """Of each opening of the log by this process, but for SQLite's own: whether the lock of writers is free then."""
    for log, found in _watched if event == "open" else ():
        if given[0] == os.fspath(log) or given[0] == log:
            file = os.open(log.with_suffix(".lock"), os.O_RDWR)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                found.append(True)
            except BlockingIOError:
                found.append(False)
            finally:
                os.close(file)


sys.addaudithook(_note)


@contextmanager
def watched(log: Path) -> Iterator[list[bool]]:
    found: list[bool] = []
    _watched.append((log, found))
    yield found
    _watched.clear()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'a.db'}", Vault([b"o" * 32]), Vault([b"n" * 32]))
    metadata.create_all(made.engine)
    yield made
    made.close()


def write(db: Database, number: int) -> None:
    with db.transaction() as tx:
        tx.run(insert(receipts).values(message_id=str(number), status="s", at=NOON))


def test_a_transaction_waits_for_the_disk_once_others_may_write_and_only_where_it_wrote(
    db: Database, tmp_path: Path
) -> None:
    with watched(tmp_path / "a.db-wal") as opened:
        write(db, 1)
        assert opened == [True]
        with db.transaction() as tx:
            assert tx.value(select(func.count()).select_from(receipts)) == 1
        with pytest.raises(ValueError, match="no"), db.transaction() as tx:  # noqa: PT012
            tx.run(insert(receipts).values(message_id="2", status="s", at=NOON))
            raise ValueError("no")
        assert opened == [True]


def test_a_disk_that_fails_is_the_databases_error_and_a_log_that_is_gone_is_in_the_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    kept = os.open(pipe, os.O_RDWR)
    with pytest.raises(OperationalError):
        write_ahead_log.sync(pipe)  # cannot be written to a disk
    os.close(kept)
    write_ahead_log.sync(tmp_path / "none")


def test_the_log_is_copied_while_somebody_writes_and_begins_anew(db: Database, tmp_path: Path) -> None:
    log = tmp_path / "a.db-wal"
    for number in range(50):
        write(db, number)
    grown = log.stat().st_size
    with db.transaction() as tx:
        tx.run(insert(receipts).values(message_id="50", status="s", at=NOON))
        db.copy_log()
    db.copy_log()
    for number in range(51, 70):
        write(db, number)
    assert log.stat().st_size <= grown + 100_000  # what follows stands where the copied pages stood
    with db.reading() as tx:
        assert tx.value(select(func.count()).select_from(receipts)) == 70
