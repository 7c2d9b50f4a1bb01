"""Prepared statements behave as SQLAlchemy's own execution does, on both databases."""

from datetime import timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import bindparam, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from bot.services.office import Office
from bot.store.connections.statements import Prepared
from bot.store.persons import people
from bot.store.persons.people import inserting
from bot.store.schema.sending import receipts
from bot.store.tables import history, orders, persons, roles
from tests.databases import POSTGRESQL
from tests.talk import NOON

COLUMNS = ("message_id", "status", "at")
ROW: dict[str, Any] = {"message_id": "1", "status": "s", "at": NOON}
ADD = Prepared(lambda dialect: inserting(dialect, receipts, COLUMNS))
ALL = Prepared(lambda _: select(receipts))
ADD_OR_SKIP = Prepared(lambda dialect: inserting(dialect, receipts, COLUMNS, skip=["message_id"]))
CHANGE = Prepared(
    lambda _: update(receipts).where(receipts.c.message_id == bindparam("of_id")).values(status=bindparam("new"))
)


@pytest.mark.parametrize("table", [persons, roles, orders, history, receipts], ids=lambda table: table.name)
def test_an_empty_table_gives_no_rows(office: Office, table: Any) -> None:
    with office.db.reading() as tx:
        assert tx.all(Prepared(lambda _: select(table))) == []
        assert tx.value(Prepared(lambda _: select(table.c[0]))) is None


def test_moments_json_booleans_bytes_and_nothing_come_back_as_by_sqlalchemy(office: Office) -> None:
    with office.db.transaction() as tx:
        person = people.add(tx, NOON, openid="o1", refused_templates=["t1"], place_sealed=b"\x00\xff", chat_until=NOON)
        tx.run(insert(roles).values(person_id=person.id, role="member", skills=["水电"]))
    with office.db.reading() as tx:
        prepared, plain = people.by_id(tx, person.id), tx.first(select(persons))
        assert plain is not None
        assert prepared._asdict() == plain._asdict()
        assert (prepared.created_at, prepared.refused_templates, prepared.subscribed) == (NOON, ["t1"], True)
        assert (prepared.place_sealed, prepared.name) == (b"\x00\xff", None)
        assert [row.skills for row in people.roles_of(tx, person.id)] == [["水电"]]


def test_what_a_prepared_statement_writes_lies_in_the_database_as_what_sqlalchemy_writes(office: Office) -> None:
    values: dict[str, Any] = {
        "chat_until": NOON.astimezone(timezone(timedelta(hours=8))), "refused_templates": ["t1", "水"], "resting": True,
        "place_sealed": b"\x00\xff", "community": None,
    }  # fmt: skip
    with office.db.transaction() as tx:
        one, other = people.add(tx, NOON), people.add(tx, NOON)
        people.change(tx, one.id, **values)
        tx.run(update(persons).where(persons.c.id == other.id).values(**values))
        tx.change(ADD, ROW)
        tx.run(insert(receipts).values(**{**ROW, "message_id": "2"}))
        columns = "chat_until, CAST(refused_templates AS TEXT), resting, place_sealed, community"
        prepared, plain = tx.connection.exec_driver_sql(f"SELECT {columns} FROM persons ORDER BY id").all()
        assert tuple(prepared) == tuple(plain)
        assert len(set(tx.connection.exec_driver_sql("SELECT at FROM receipts").scalars())) == 1


def test_lists_that_are_constants_of_the_statement_find_their_rows(office: Office) -> None:
    with office.db.transaction() as tx:
        person = people.add(tx, NOON)
        for role, community in (("staff", "陈桥社区"), ("admin", None), ("member", "陈桥社区")):
            tx.run(insert(roles).values(person_id=person.id, role=role, community=community, skills=[]))
        assert people.with_role(tx, ("staff", "admin")) == [person.id]
        assert people.with_role(tx, ("discipline", "mediator")) == []
        assert people.with_role(tx, ("admin",), "陈桥社区") == []
        assert people.with_role(tx, ["member"], "陈桥社区") == [person.id]


def test_an_error_is_sqlalchemys_own_rolls_back_and_does_not_say_what_was_to_be_written(office: Office) -> None:
    with pytest.raises(IntegrityError) as raised, office.db.transaction() as tx:  # noqa: PT012
        tx.change(ADD, {**ROW, "status": "secret"})
        tx.change(ADD, {**ROW, "status": "secret"})
    assert "secret" not in str(raised.value).split("DETAIL")[0]
    with office.db.reading() as tx:
        assert tx.value(select(func.count()).select_from(receipts)) == 0


@POSTGRESQL
def test_the_server_prepares_a_statement_once_and_keeps_it_although_a_transaction_is_rolled_back(
    office: Office,
) -> None:
    with pytest.raises(IntegrityError), office.db.transaction() as tx:  # noqa: PT012
        assert tx.all(ALL) == []
        tx.change(ADD, ROW)
        tx.change(ADD, ROW)
    for _ in range(8):
        with office.db.reading() as tx:
            assert tx.all(ALL) == []
    with office.db.transaction() as tx:
        tx.change(ADD, ROW)
        assert [tuple(row) for row in tx.all(ALL)] == [tuple(row) for row in tx.all(select(receipts))]
        kept = tx.connection.exec_driver_sql("SELECT statement FROM pg_prepared_statements").scalars().all()
    assert len([one for one in kept if one.startswith("SELECT receipts")]) == 1
    assert len([one for one in kept if one.startswith("INSERT INTO receipts")]) == 1


@POSTGRESQL
def test_a_connection_that_the_server_ends_is_an_operational_error_and_the_next_one_prepares_anew(
    office: Office,
) -> None:
    with pytest.raises(OperationalError), office.db.transaction() as tx:  # noqa: PT012
        assert tx.all(ALL) == []
        number = tx.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        with office.db.engine.connect() as other:
            other.execute(select(func.pg_terminate_backend(number)))
        while True:
            tx.all(ALL)
    with office.db.transaction() as tx:
        tx.change(ADD, ROW)
        assert len(tx.all(ALL)) == 1


@POSTGRESQL
def test_percent_signs_of_a_statement_stay(office: Office) -> None:
    alike = Prepared(lambda _: select(receipts.c.status).where(receipts.c.status.like(bindparam("like") + "%")))
    with office.db.transaction() as tx:
        tx.change(ADD, {**ROW, "status": "50% done"})
        assert tx.value(alike, like="50%") == "50% done"
        assert tx.value(alike, like="51%") is None


def test_a_missing_value_is_an_error_and_never_null(office: Office) -> None:
    with office.db.reading() as tx, pytest.raises(KeyError):
        tx.change(CHANGE, {"of_id": "1"})


def test_the_number_of_changed_rows_is_told_and_a_list_runs_once_for_each(office: Office) -> None:
    with office.db.transaction() as tx:
        tx.change(ADD_OR_SKIP, [{**ROW, "message_id": number} for number in ("1", "2", "2")])
        assert tx.value(select(func.count()).select_from(receipts)) == 2
        assert tx.change(ADD_OR_SKIP, ROW) == 0
        assert tx.change(CHANGE, {"of_id": "2", "new": "t"}) == 1
        assert tx.change(CHANGE, {"of_id": "3", "new": "t"}) == 0
        assert tx.all(select(receipts.c.status).order_by(receipts.c.message_id)) == [("s",), ("t",)]


def test_what_is_written_without_asking_is_there_for_whoever_reads_next_and_after_the_commit(office: Office) -> None:
    other = {**ROW, "message_id": "2"}
    with office.db.transaction() as tx:
        tx.write(ADD, ROW)
        assert [row.message_id for row in tx.all(ALL)] == ["1"]
        tx.write(CHANGE, {"of_id": "1", "new": "changed"})
        assert tx.value(select(receipts.c.status)) == "changed"
        tx.write(ADD, [other, {**ROW, "message_id": "3"}])
        tx.change(ADD, [{**ROW, "message_id": "4"}, {**ROW, "message_id": "5"}])
        tx.write(CHANGE, {"of_id": "2", "new": "last"})
    with office.db.reading() as tx:
        assert {row.message_id: row.status for row in tx.all(ALL)} == {
            "1": "changed", "2": "last", "3": "s", "4": "s", "5": "s",
        }  # fmt: skip


@pytest.mark.parametrize("then", ["commit", "read"])
def test_an_error_of_what_was_written_without_asking_undoes_all_and_the_connection_serves_again(
    office: Office, then: str
) -> None:
    fresh = Prepared(lambda _: select(receipts.c.message_id))
    with office.db.transaction() as tx:
        tx.write(ADD, ROW)
    with pytest.raises(IntegrityError) as caught, office.db.transaction() as tx:  # noqa: PT012
        tx.write(ADD, {**ROW, "message_id": "2"})
        tx.write(ADD, {**ROW, "status": "private"})
        if then == "read":
            tx.all(fresh)
    assert "private" not in str(caught.value)
    for _ in range(2):  # the names of prepared statements are still known
        with office.db.transaction() as tx:
            assert [row.message_id for row in tx.all(fresh)] == ["1"]
            tx.write(CHANGE, {"of_id": "1", "new": "again"})


def test_what_was_written_without_asking_is_gone_with_its_transaction(office: Office) -> None:
    with pytest.raises(KeyError), office.db.transaction() as tx:  # noqa: PT012
        tx.write(ADD, ROW)
        raise KeyError
    with office.db.transaction() as tx:
        tx.write(ADD, {**ROW, "message_id": "2"})
    with office.db.reading() as tx:
        assert [row.message_id for row in tx.all(ALL)] == ["2"]


@POSTGRESQL
def test_what_nobody_asks_about_is_sent_with_the_commit(office: Office) -> None:
    with office.db.transaction() as tx:
        tx.write(ADD, ROW)
        with office.db.reading() as other:
            count = "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"
            assert other.value(text(count)) == 0
    with office.db.reading() as tx:
        assert len(tx.all(ALL)) == 1


@POSTGRESQL
def test_a_server_that_is_gone_at_the_commit_is_an_operational_error(office: Office) -> None:
    with pytest.raises(OperationalError), office.db.transaction() as tx:  # noqa: PT012
        number = tx.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        tx.write(ADD, ROW)
        with office.db.engine.connect() as other:
            other.execute(select(func.pg_terminate_backend(number)))
    with office.db.transaction() as tx:
        assert tx.all(ALL) == []


@POSTGRESQL
def test_a_value_that_cannot_be_converted_is_an_error_and_the_connection_serves_again(office: Office) -> None:
    with pytest.raises(ProgrammingError), office.db.transaction() as tx:  # noqa: PT012
        number = tx.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        tx.write(ADD, ROW)
        tx.write(ADD, {**ROW, "status": object()})
    with office.db.transaction() as tx:
        assert tx.all(ALL) == []
        assert tx.value(text("SELECT pg_backend_pid()")) == number
