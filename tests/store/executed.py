"""Which statements reach the driver, whoever hands them over."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from bot.store.database import Tx

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

        before, driver.cursor_factory = driver.cursor_factory, Cursor
        try:
            yield found
        finally:
            driver.cursor_factory = before
    else:
        driver.set_trace_callback(lambda said: found.append((said, ())))
        try:
            yield found
        finally:
            driver.set_trace_callback(None)
