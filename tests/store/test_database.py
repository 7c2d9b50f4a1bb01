"""The unit of work and the vault."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from bot.store.database import Database
from bot.store.sealed import vault
from bot.store.sealed.vault import Vault
from bot.store.tables import metadata, receipts
from tests.talk import NOON

OLD, NEW = b"o" * 32, b"n" * 32


def test_the_vault_opens_what_an_older_key_sealed() -> None:
    sealed = Vault([OLD]).seal("13900001234")
    assert sealed is not None
    assert b"1390000" not in sealed
    assert Vault([NEW, OLD]).open(sealed) == "13900001234"
    with pytest.raises(InvalidTag):
        Vault([NEW]).open(sealed)


def test_an_index_stays_the_same_when_a_newer_key_is_put_in_front() -> None:
    assert Vault([OLD]).index("x") == Vault([NEW, OLD]).index("x") != Vault([NEW]).index("x")


def test_the_box_has_a_key_of_its_own_which_follows_from_the_common_one_until_the_office_sets_another() -> None:
    sealed = vault.box([], [OLD]).seal("收红包")
    with pytest.raises(InvalidTag):
        Vault([OLD]).open(sealed)
    for box in (vault.box([], [NEW, OLD]), vault.box([NEW], [OLD])):
        assert box.open(sealed) == "收红包"
        assert not box.is_newest(sealed or b"")
    with pytest.raises(InvalidTag):
        vault.box([], [OLD]).open(vault.box([NEW], [OLD]).seal("收红包"))


def test_an_error_of_the_database_does_not_say_what_was_to_be_written(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'a.db'}", Vault([OLD]), Vault([NEW]))
    metadata.create_all(db.engine)
    with pytest.raises(IntegrityError) as raised:
        _write_twice(db, "收红包")
    assert "收红包" not in str(raised.value)
    db.close()


def test_an_error_leaves_nothing_behind_and_the_lock_free(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'a.db'}", Vault([OLD]), Vault([NEW]))
    metadata.create_all(db.engine)
    with pytest.raises(IntegrityError):
        _write_twice(db)
    with db.transaction() as tx:
        assert tx.all(select(receipts)) == []
    db.close()


def _write_twice(db: Database, message_id: str = "1") -> None:
    with db.transaction() as tx:
        tx.run(insert(receipts).values(message_id=message_id, status="s", at=NOON))
        tx.run(insert(receipts).values(message_id=message_id, status="s", at=NOON))


def test_writers_in_many_threads_all_get_their_turn(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'a.db'}", Vault([OLD]), Vault([NEW]))
    metadata.create_all(db.engine)

    def write(number: int) -> None:
        for turn in range(10):
            with db.transaction() as tx:
                tx.run(insert(receipts).values(message_id=f"{number}-{turn}", status="s", at=NOON))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.reading() as tx:
        assert len(tx.all(select(receipts))) == 160
    db.close()


def test_a_further_connection_ends_no_lock_of_the_others(tmp_path: Path) -> None:
    """Another process that ends takes the log away where it seems to be the last one."""
    path = tmp_path / "w.db"
    database = Database(f"sqlite:///{path}", Vault([OLD]), Vault([NEW]))
    with database.transaction() as tx:
        metadata.create_all(tx.connection)
        with database.reading():
            pass
    other = (
        f"import sqlite3; c = sqlite3.connect({str(path)!r}); c.execute('SELECT 1 FROM receipts').fetchall(); c.close()"
    )
    subprocess.run([sys.executable, "-c", other], check=True)
    assert (tmp_path / "w.db-wal").exists()
    database.close()
