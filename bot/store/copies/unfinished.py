"""A mark in a database that is just being restored. It comes with the restored rows and goes when all that follows is
done: until then nobody who was deleted since may be seen again, so that no process of the service starts on it."""

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

TABLE = "restore_unfinished"
MARK = f"CREATE TABLE IF NOT EXISTS {TABLE} (since INTEGER)"
SAID = "a restore of the database was broken off: stop all processes and run it again, with --replace"


def mark(connection: Connection) -> None:
    """In the transaction of the restored rows."""
    connection.execute(text(MARK))


def clear(engine: Engine) -> None:
    """All is done."""
    with engine.begin() as connection:
        connection.execute(text(f"DROP TABLE IF EXISTS {TABLE}"))


def is_marked(engine: Engine) -> bool:
    """Whether the database is half restored. SQLAlchemyError."""
    with engine.connect() as connection:
        return inspect(connection).has_table(TABLE)


def why_not_to_start(engine: Engine) -> str | None:
    """What keeps a process from starting on this database, in one line. A database that is away keeps nobody."""
    try:
        return SAID if is_marked(engine) else None
    except (SQLAlchemyError, OSError):
        return None
