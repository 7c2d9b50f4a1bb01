"""A transaction that a host left open when it was cut off keeps its rows for seconds, not until TCP gives up."""

import time

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from bot.services.office import Office
from bot.store.connections.engines import LEFT_SECONDS
from bot.store.copies import postgresql
from bot.store.database import for_change
from bot.store.persons.people import NEW_PERSON
from bot.store.tables import persons
from tests.databases import POSTGRESQL
from tests.talk import NOON

pytestmark = POSTGRESQL
ONE = for_change(select(persons.c.id))


def test_a_row_that_a_silent_transaction_has_locked_is_free_again_after_seconds(office: Office) -> None:
    with office.db.transaction() as tx:
        tx.run(persons.insert().values(**NEW_PERSON, created_at=NOON))
    with office.db.engine.connect() as silent:
        assert len(silent.execute(ONE).all()) == 1
        with pytest.raises(DBAPIError), office.db.transaction() as tx:
            tx.all(ONE)
        time.sleep(LEFT_SECONDS)
        with office.db.transaction() as tx:
            assert len(tx.all(ONE)) == 1
        with pytest.raises(DBAPIError):
            silent.execute(ONE)


def test_a_backup_and_a_restore_may_wait_for_a_disk(office: Office) -> None:
    for begin in (postgresql.snapshot, postgresql.replacing):
        with begin(office.db.engine) as connection:
            assert connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar() == "0"
            assert connection.execute(text("SHOW statement_timeout")).scalar() == "0"
