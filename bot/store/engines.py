"""How the two databases are connected to: limits of waiting, durability, and what a pooled connection is asked first."""

import select
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError

from bot.store import private_files
from bot.store.deadlines import Watch

PING_SECONDS = 1.0  # a pooled connection that does not answer sooner is dropped for a new one
FRESH_SECONDS = 1.0  # one that was used more lately than this is not asked
USED_AT = "used_at"  # time.monotonic() in a pooled connection's facts
BUSY_SECONDS = 2.0  # the platform hangs up after 5 s; whoever waits longer than this is told the truth instead
PRAGMAS = (
    "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=FAST",
    "wal_autocheckpoint=4000",  # pages; the log is copied into the database by a message that others wait for
    "temp_store=MEMORY",  # else a statement with many rows makes a file
)  # fmt: skip
LEFT_SECONDS = 15.0  # an open transaction of a host that was cut off keeps its rows no longer than this
FOREIGN_SECONDS = 0.5  # for writers that do not know our file lock, such as a backup


def sqlite(url: str, path: Path) -> Engine:
    """WAL; commits do not sync it, `Database` does, for several at once (`group_commit`). Errors never quote what was to be written. The
    files are made by the first connection."""
    engine = create_engine(
        url,
        connect_args={"timeout": FOREIGN_SECONDS, "isolation_level": None},
        pool_size=16,
        pool_use_lifo=True,
        hide_parameters=True,
    )

    @event.listens_for(engine, "do_connect")
    def _make(*_: Any) -> None:
        private_files.database(path)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()

    return engine


def postgresql(url: str, watch: Watch) -> Engine:
    """READ COMMITTED; nothing on the message's path may wait longer than the platform does. Any page costs nearly the same, as
    all that is asked often lies in memory: with the server's own 4 for a page of an index it scans tables of some thousand
    rows, and a notice cost twice as much. The driver prepares nothing by itself: with each rollback it would forget ours too
    (`server_statements`)."""
    options = (
        f"-c lock_timeout={int(BUSY_SECONDS * 1000)} -c statement_timeout=30000 -c timezone=UTC -c random_page_cost=1.1 "
        f"-c idle_in_transaction_session_timeout={int(LEFT_SECONDS * 1000)}"
    )
    engine = create_engine(
        url,
        connect_args={"options": options, "connect_timeout": 2, "prepare_threshold": None},
        pool_size=16,
        pool_use_lifo=True,  # whose statements the server has prepared
        pool_timeout=BUSY_SECONDS,
        hide_parameters=True,
    )

    @event.listens_for(engine, "checkin")
    def _note(_connection: Any, record: Any) -> None:
        record.info[USED_AT] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _ping(connection: Any, record: Any, _fairy: Any) -> None:
        """As SQLAlchemy's own pre-ping, but a server that is silent counts as gone, and a connection in use is not asked."""
        try:
            if time.monotonic() - record.info.get(USED_AT, -FRESH_SECONDS) < FRESH_SECONDS and not _has_ended(
                connection
            ):
                return
            with watch.within(PING_SECONDS, connection):
                engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError(str(error)) from error

    return engine


def _has_ended(connection: Any) -> bool:
    """Whether there is something to read although nothing was asked: the server has ended the connection."""
    socket = select.poll()
    socket.register(connection.pgconn.socket, select.POLLIN)
    return bool(socket.poll(0))
