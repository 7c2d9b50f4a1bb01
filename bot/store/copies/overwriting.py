"""What is deleted from an SQLite database is overwritten in its file."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection


@contextmanager
def overwriting(connection: Connection, thorough: bool) -> Iterator[None]:
    """Meanwhile also pages that become free are overwritten, where `thorough`; else only where it costs nothing."""
    if not thorough:
        yield
        return
    driver = connection.connection  # beside SQLAlchemy, which would begin a transaction
    driver.cursor().execute("PRAGMA secure_delete=ON").close()
    try:
        yield
    finally:
        driver.cursor().execute("PRAGMA secure_delete=FAST").close()
