"""Which statements reach the driver, whoever hands them over."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from bot.store.database import Tx
from bot.store.server_statements import kept_with

Executed = list[tuple[str, Any]]


@contextmanager
def executed(tx: Tx) -> Iterator[Executed]:
    """(text, values) of each statement that the transaction's connection executes meanwhile. SQLite tells the text
    with its values in it."""
    found: Executed = []
    driver = tx.connection.connection.driver_connection
    assert driver is not None
    if isinstance(driver, psycopg.Connection):

        class Cursor(psycopg.Cursor[Any]):
            def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
                found.append((query, params))
                return super().execute(query, params, **more)

        kept = kept_with(driver, tx.connection.connection.info)
        before, driver.cursor_factory = (driver.cursor_factory, kept.told), Cursor
        kept.told = lambda text, values: found.append((text, values))
        try:
            yield found
        finally:
            driver.cursor_factory, kept.told = before
    else:
        driver.set_trace_callback(lambda said: found.append((said, ())))
        try:
            yield found
        finally:
            driver.set_trace_callback(None)
