"""Transactions that SQLite commits together."""

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import OperationalError

from bot.store import migrate
from bot.store.database import Database, open_database
from bot.store.schema.sending import receipts
from bot.store.tables import sessions
from config.settings import load
from tests.conftest import ENVIRONMENT

NOON = datetime(2026, 1, 5, 4, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    migrate.upgrade(url)
    settings = load(
        {**ENVIRONMENT, "DATABASE_URL": url, "REDIS_URL": "redis://127.0.0.1:1/0", "VAR_DIR": str(tmp_path)}
    )
    with closing(open_database(settings)) as opened:
        yield opened


def write(db: Database, number: str, *, deferred: bool = True) -> None:
    with db.transaction(deferred=deferred) as tx:
        tx.run(insert(receipts).values(message_id=number, status="s", at=NOON))


def seen(db: Database) -> list[str]:
    """What others see."""
    with db.reading() as tx:
        return [row.message_id for row in tx.all(select(receipts.c.message_id).order_by(receipts.c.message_id))]


def test_others_see_all_of_it_when_it_is_committed_and_nothing_before(db: Database) -> None:
    called: list[str] = []
    write(db, "1")
    db.when_committed(lambda: called.append("1"))
    with db.transaction(deferred=True) as tx:
        assert tx.value(select(func.count()).select_from(receipts)) == 1
    write(db, "2")
    assert db.is_gathering
    assert (seen(db), called) == ([], [])
    db.commit()
    assert not db.is_gathering
    assert (seen(db), called) == (["1", "2"], ["1"])
    assert not db.is_durable
    db.when_committed(lambda: called.append("at once"))
    assert called[-1] == "at once"


def test_an_error_undoes_its_own_transaction_alone(db: Database) -> None:
    write(db, "1")
    with pytest.raises(ValueError, match="no"), db.transaction(deferred=True) as tx:  # noqa: PT012
        tx.run(insert(receipts).values(message_id="2", status="s", at=NOON))
        raise ValueError("no")
    write(db, "3")
    db.commit()
    assert seen(db) == ["1", "3"]


@pytest.mark.parametrize("by", ["sqlite", "commit"])
def test_what_is_given_up_is_lost_as_a_whole_and_said_once(db: Database, by: str) -> None:
    called: list[str] = []
    write(db, "1")
    db.when_committed(lambda: called.append("1"))
    if by == "sqlite":  # as it does itself where the disk fails
        with pytest.raises(ValueError, match="disk"), db.transaction(deferred=True) as tx:  # noqa: PT012
            tx.connection.connection.cursor().execute("ROLLBACK").close()
            raise ValueError("disk")
    else:
        with db.transaction(deferred=True) as tx:
            tx.connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            tx.run(insert(sessions).values(person_id=99))
    write(db, "2")
    with pytest.raises(OperationalError):
        db.commit()
    assert "1" not in seen(db)
    assert called == []
    db.commit()
    write(db, "3")
    db.commit()
    assert "3" in seen(db)


def test_one_that_is_not_deferred_comes_after_those_that_are(db: Database) -> None:
    write(db, "1")
    write(db, "2", deferred=False)
    assert not db.is_gathering
    assert seen(db) == ["1", "2"]
    assert db.is_durable


def test_no_other_transaction_may_be_opened_within_one(db: Database) -> None:
    with pytest.raises(TimeoutError, match="itself"), db.transaction(deferred=True):
        write(db, "1", deferred=False)
    write(db, "2")
    db.commit()
    assert seen(db) == ["2"]


def test_who_came_onto_the_roster_is_seen_by_all_at_once(db: Database) -> None:
    with db.transaction(deferred=True) as tx:
        tx.run(insert(receipts).values(message_id="1", status="s", at=NOON))
        tx.summary.roster = True
    assert (seen(db), db.roster_changes, db.is_gathering) == (["1"], 1, False)


def test_another_thread_waits_for_the_commit(db: Database) -> None:
    write(db, "1")
    other = threading.Thread(target=write, args=(db, "2"), kwargs={"deferred": False})
    other.start()
    other.join(0.2)
    assert other.is_alive()
    db.commit()
    other.join(10)
    assert seen(db) == ["1", "2"]
