"""What is committed on SQLite is on the disk before the transaction returns, and nobody waits for the disk with the lock."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import OperationalError

from bot.store.connections.sqlite import Sqlite
from bot.store.connections.write_ahead_log import WriteAheadLog
from bot.store.database import Database
from bot.store.schema.sending import receipts
from bot.store.sealed.vault import Vault
from bot.store.tables import metadata
from tests.talk import NOON


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'a.db'}", Vault([b"o" * 32]), Vault([b"n" * 32]))
    metadata.create_all(made.engine)
    yield made
    made.close()


def write(db: Database, number: int) -> None:
    with db.transaction() as tx:
        tx.run(insert(receipts).values(message_id=str(number), status="s", at=NOON))


def test_a_disk_that_fails_is_the_databases_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.db-wal")  # cannot be written to a disk
    with pytest.raises(OperationalError):
        WriteAheadLog(tmp_path / "a.db").sync()


def test_a_transaction_that_wrote_nothing_waits_for_no_disk(db: Database) -> None:
    write(db, 1)
    assert isinstance(db.backend, Sqlite)
    commits = db.backend.commits
    before = commits._committed
    with db.transaction() as tx:
        assert tx.value(select(func.count()).select_from(receipts)) == 1
    with pytest.raises(ValueError, match="no"), db.transaction() as tx:  # noqa: PT012
        tx.run(insert(receipts).values(message_id="2", status="s", at=NOON))
        raise ValueError("no")
    assert commits._committed == before
    with db.transaction(deferred=True) as tx:  # its answer may tell what another process has written
        tx.value(select(func.count()).select_from(receipts))
    db.commit()
    assert not db.is_durable
    db.make_durable()
    assert db.is_durable


def test_the_log_is_copied_while_somebody_writes_and_begins_anew(db: Database, tmp_path: Path) -> None:
    log = tmp_path / "a.db-wal"
    for number in range(50):
        write(db, number)
    grown = log.stat().st_size
    with db.transaction() as tx:
        tx.run(insert(receipts).values(message_id="50", status="s", at=NOON))
        db.backend.copy_log()
    db.backend.copy_log()
    for number in range(51, 70):
        write(db, number)
    assert log.stat().st_size <= grown + 100_000  # what follows stands where the copied pages stood
    with db.reading() as tx:
        assert tx.value(select(func.count()).select_from(receipts)) == 70
