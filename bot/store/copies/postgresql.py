"""All rows of a PostgreSQL database by COPY, in one snapshot; needs no program beside the server.

Tables are made by the migrations, so that a copy holds rows alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from bot.store.copies.unfinished import TABLE

VERSION = "alembic_version"  # the migrations' own table


@dataclass(frozen=True, slots=True)
class Contents:
    """A table's name and its columns, as they are in the copy."""

    table: str
    columns: Sequence[str]


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees the database as it is at its beginning and keeps nobody waiting."""
    with engine.connect() as connection:
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            connection.execute(text("SET TRANSACTION READ ONLY"))
            _take_time(connection)
            yield connection


def contents(connection: Connection) -> list[Contents]:
    """All tables, each after those that it refers to."""
    seen = inspect(connection)
    names = [name for name, _ in seen.get_sorted_table_and_fkc_names() if name not in (None, VERSION, TABLE)]
    return [Contents(name, [str(column["name"]) for column in seen.get_columns(name)]) for name in names]


def revision(connection: Connection) -> str:
    """The migration that the database is at."""
    return str(connection.execute(text(f"SELECT version_num FROM {VERSION}")).scalar_one())


def rows(connection: Connection, of: Contents) -> Iterator[bytes]:
    """The rows in COPY's own format, in pieces of any size."""
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {_named(of)} TO STDOUT") as copy:
        for piece in copy:
            yield bytes(piece)


def put(connection: Connection, of: Contents, pieces: Iterable[bytes]) -> None:
    """Insert rows that `rows` gave, and let new ids begin after theirs."""
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {_named(of)} FROM STDIN") as copy:
        for piece in pieces:
            copy.write(piece)


def number_on(connection: Connection, of: Contents) -> None:
    """New ids of this table begin after those that are there."""
    if "id" in of.columns:
        sequence = f"pg_get_serial_sequence('{of.table}', 'id')"
        newest = f'(SELECT MAX(id) FROM "{of.table}")'
        connection.execute(text(f"SELECT setval({sequence}, COALESCE({newest}, 1), {newest} IS NOT NULL)"))


@contextmanager
def replacing(engine: Engine) -> Iterator[Connection]:
    """A transaction that takes as long as it needs: all of it is there in the end, or nothing has changed."""
    with engine.begin() as connection:
        _take_time(connection)
        yield connection


def _take_time(connection: Connection) -> None:
    """This transaction may be long, and may wait for a disk between two statements."""
    for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(text(f"SET LOCAL {name} = 0"))


def drop_all(connection: Connection) -> None:
    """Delete every table, with what hangs on it."""
    for name in inspect(connection).get_table_names():
        connection.execute(text(f'DROP TABLE "{name}" CASCADE'))
    connection.execute(text("DROP FUNCTION IF EXISTS audit_append_only()"))


def _named(of: Contents) -> str:
    columns = ", ".join(f'"{name}"' for name in of.columns)
    return f'"{of.table}" ({columns})'
