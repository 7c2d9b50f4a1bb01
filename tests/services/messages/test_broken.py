"""What a resident hears, and what is kept, when something behind the edge is broken."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, make_url, select, text
from sqlalchemy.exc import DBAPIError

from bot.messages import Inbound
from bot.services import receive
from bot.services.messages import replay, spool
from bot.services.office import Office, no_nudge, open_office
from bot.store.persons import people
from bot.store.tables import notices, orders, persons, roles
from config.settings import Settings, load
from tests.conftest import ENVIRONMENT, empty_database
from tests.programs import relay
from tests.programs.relay import Relay
from tests.talk import NOON, Talk

PLATFORM_WAITS = 5.0


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with empty_database(request, "postgresql", tmp_path) as url:
        yield url


@contextmanager
def silenceable(url: str, tmp_path: Path) -> Iterator[tuple[Office, Relay]]:
    """An office whose PostgreSQL can go silent."""
    known = make_url(url)
    with tempfile.TemporaryDirectory(prefix="wt") as short:
        name = f".s.PGSQL.{known.query.get('port') or known.port or 5432}"
        with relay.before([f"{known.query['host']}/{name}"], f"{short}/{name}") as (hole, _):
            through = known.update_query_dict({"host": short}).render_as_string(hide_password=False)
            office = open_office(_settings(through, tmp_path), no_nudge)
            yield office, hole
            office.db.close()


def _settings(database: str, tmp_path: Path) -> Settings:
    return load({**ENVIRONMENT, "DATABASE_URL": database, "REDIS_URL": "unix:///nowhere", "VAR_DIR": str(tmp_path)})


def test_a_silent_postgresql_holds_no_message_beyond_the_platforms_patience(postgres_url: str, tmp_path: Path) -> None:
    with silenceable(postgres_url, tmp_path) as (office, hole):
        talk = Talk(office)
        assert "单号" in talk.says("王阿姨", "陈桥社区路灯不亮")
        hole.silent.set()
        for words in ("金色春天3号楼垃圾没人管", "厨房有煤气味，头晕"):
            started = time.monotonic()
            said = talk.says("李大爷", words)
            assert time.monotonic() - started < PLATFORM_WAITS
            assert "您说的话已经留下" in said
            assert ("119" in said) == ("煤气" in words)
        hole.silent.clear()
        assert len(spool.waiting(office)) == 2
        assert replay.replay(office, talk.now) == 2
        with office.db.reading() as tx:
            assert {row.category for row in tx.all(select(orders.c.category))} == {"0603", "0501", "0404"}


def test_what_has_waited_too_long_for_its_turn_is_kept_for_later_and_answered_at_once(office: Office) -> None:
    waited = Inbound("m:1", "oA", "gh", "text", text="陈桥社区路灯不亮")
    said = receive.receive(office, waited, NOON, since=time.monotonic() - 60)
    assert said is not None
    assert "您说的话已经留下" in said
    assert replay.replay(office, NOON) == 1
    with office.db.reading() as tx:
        assert tx.value(select(orders.c.category)) == "0603"


def test_who_cannot_even_be_written_down_is_told_to_telephone(tmp_path: Path) -> None:
    office = open_office(_settings(f"sqlite:///{tmp_path / 'w.db'}", tmp_path), no_nudge)
    (tmp_path / "spool").write_text("not a folder")
    said = Talk(office).says("王阿姨", "陈桥社区路灯不亮")
    assert "没能留下" in said
    assert "13800009999" in said
    office.db.close()


def test_words_that_break_the_service_again_when_they_are_taken_up_stay_kept(office: Office) -> None:
    with office.db.transaction() as tx:
        tx.run(text("ALTER TABLE inbound RENAME TO elsewhere"))
    talk = Talk(office)
    assert "您说的话已经留下" in talk.says("王阿姨", "陈桥社区路灯不亮")
    with pytest.raises(DBAPIError):
        replay.replay(office, talk.now)
    assert len(spool.waiting(office)) == 1
    with office.db.transaction() as tx:
        tx.run(text("ALTER TABLE elsewhere RENAME TO inbound"))
    assert replay.replay(office, talk.now) == 1
    assert spool.waiting(office) == []
    with office.db.reading() as tx:
        assert tx.value(select(orders.c.category)) == "0603"


def test_a_report_on_which_the_service_broke_is_shown_to_no_administrator(office: Office) -> None:
    with office.db.transaction() as tx:
        for name, role in (("纪检", "discipline"), ("主任", "admin")):
            person = people.add(tx, NOON, name=name)
            tx.run(insert(roles).values(person_id=person.id, role=role, skills=[]))
        tx.run(text("ALTER TABLE sessions RENAME TO elsewhere"))
    talk = Talk(office)
    talk.says("王阿姨", "社区主任收了别人的红包，我要举报")
    talk.says("李大爷", "陈桥社区路灯不亮")
    with office.db.transaction() as tx:
        tx.run(text("ALTER TABLE elsewhere RENAME TO sessions"))
    with office.db.reading() as tx:
        query = select(persons.c.name, notices.c.facts_sealed).join(notices).where(notices.c.event == "kept")
        told = [(row.name, tx.open_facts(row.facts_sealed)["body"]) for row in tx.all(query.order_by(notices.c.id))]
    assert told == [("纪检", "受限事项"), ("主任", "陈桥社区路灯不亮")]
