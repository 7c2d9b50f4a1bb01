"""Counts what reaches the database driver: each statement is one, BEGIN too; COMMIT is none; one executemany is one."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event

from bot.store.server_statements import kept_with

UNCOUNTED = ("COMMIT", "ROLLBACK", "PRAGMA")


@dataclass(slots=True)
class Counter:
    """How many so far, by all connections that were opened while `counting`."""

    total: int = 0

    def add(self, statement: object, _values: object = None) -> None:
        if not str(statement).lstrip().upper().startswith(UNCOUNTED):
            self.total += 1


@contextmanager
def counting() -> Iterator[Counter]:
    """Connections that engines open within the context are counted, for as long as they live."""
    counter = Counter()
    sqlite, postgres = _sqlite_connection(counter), _postgres_cursor(counter)

    def prepare(dialect: Any, _record: Any, _given: Any, named: dict[str, Any]) -> None:
        if dialect.name == "sqlite":
            named["factory"] = sqlite
        else:
            named["cursor_factory"] = postgres

    def listen(driver: Any, record: Any) -> None:
        if isinstance(driver, psycopg.Connection):
            kept_with(driver, record.info).told = counter.add

    event.listen(Engine, "do_connect", prepare)
    event.listen(Engine, "connect", listen)
    try:
        yield counter
    finally:
        event.remove(Engine, "do_connect", prepare)
        event.remove(Engine, "connect", listen)


def _sqlite_connection(counter: Counter) -> type[sqlite3.Connection]:
    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, /, *values: Any) -> Any:
            counter.add(sql)
            return super().execute(sql, *values)

        def executemany(self, sql: str, values: Any, /) -> Any:
            counter.add(sql)
            return super().executemany(sql, values)

    class Connection(sqlite3.Connection):
        def cursor(self, _factory: Any = None) -> Any:
            return super().cursor(Cursor)

    return Connection


def _postgres_cursor(counter: Counter) -> type[psycopg.Cursor[Any]]:
    class Cursor(psycopg.Cursor[Any]):
        def execute(self, query: Any, *values: Any, **more: Any) -> Any:
            self._count(query)
            return super().execute(query, *values, **more)

        def executemany(self, query: Any, *values: Any, **more: Any) -> None:
            self._count(query)
            super().executemany(query, *values, **more)

        def _count(self, query: object) -> None:
            """psycopg sends BEGIN by itself before the first statement of a transaction."""
            begins = (
                not self.connection.autocommit and self.connection.info.transaction_status == TransactionStatus.IDLE
            )
            counter.total += begins
            counter.add(query)

    return Cursor
