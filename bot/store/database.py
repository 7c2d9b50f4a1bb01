"""One unit of work over SQLite or PostgreSQL, with the two vaults that seal what is kept in it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Row, Select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.store.connections import engines, private_files, write_ahead_log
from bot.store.connections.batch import BEGIN, Batch
from bot.store.connections.deadlines import Watch
from bot.store.connections.file_lock import FileLock
from bot.store.connections.group_commit import GroupCommit
from bot.store.connections.statements import Channel, Prepared, Values, channel
from bot.store.connections.write_ahead_log import WriteAheadLog
from bot.store.copies.overwriting import overwriting
from bot.store.sealed import index_key
from bot.store.sealed import vault as vaults
from bot.store.sealed.vault import Vault
from config.settings import Settings

_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode
AT_A_TIME = 2  # of PostgreSQL: while one waits for the server or for its disk, another computes


@dataclass(slots=True)
class Summary:
    """What a transaction has done so far, for the use case that opened it.

    `priority`: of the most urgent notice written, 0 first; None where there is no work for a worker.
    `restricted`: whether a restricted matter was read or written: then message and reply are sealed in the box.
    `roster`: whether somebody came onto the roster, left it or changed.
    """

    priority: int | None = None
    restricted: bool = False
    roster: bool = False

    def wrote_notice(self, priority: int) -> None:
        """A notice of this priority was written."""
        self.priority = priority if self.priority is None else min(self.priority, priority)


@dataclass(frozen=True, slots=True)
class Tx:
    """One transaction: what store functions write and read through. Only services open one."""

    channel: Channel
    vault: Vault
    box: Vault  # the sealed box of restricted matters
    summary: Summary = field(default_factory=Summary)

    @property
    def connection(self) -> Connection:
        return self.channel.connection

    @property
    def dialect(self) -> str:
        return self.connection.dialect.name

    def run(self, statement: Executable, values: Any = None) -> CursorResult[Any]:
        return self.connection.execute(statement, values) if values is not None else self.connection.execute(statement)

    def change(self, statement: Prepared, values: Values | Sequence[Values]) -> int:
        """Run it, with a list once for each of its values; how many rows it changed."""
        return statement.run(self.channel, values)[1]

    def first(self, statement: Executable | Prepared, **values: Any) -> Row[Any] | None:
        """The first row; `values` are those of a prepared statement."""
        if isinstance(statement, Prepared):
            return next(iter(statement.run(self.channel, values)[0]), None)
        return self.connection.execute(statement).first()

    def all(self, statement: Executable | Prepared, **values: Any) -> Sequence[Row[Any]]:
        if isinstance(statement, Prepared):
            return statement.run(self.channel, values)[0]
        return self.connection.execute(statement).all()

    def value(self, statement: Executable | Prepared, **values: Any) -> Any:
        """The first column of the first row; None where there is none."""
        if isinstance(statement, Prepared):
            row = self.first(statement, **values)
            return row[0] if row is not None else None
        return self.connection.execute(statement).scalar()

    def open(self, sealed: bytes | None, of: bytes | None = None) -> str | None:
        """What either vault sealed; InvalidTag where neither did."""
        return vaults.open_with_either(self.vault, self.box, sealed, of)

    def open_bytes(self, sealed: bytes, of: bytes | None = None) -> bytes:
        """As `open`, of bytes."""
        return vaults.open_bytes_with_either(self.vault, self.box, sealed, of)

    def seal_facts(
        self, facts: Mapping[str, object] | None, *, boxed: bool = False, of: bytes | None = None
    ) -> bytes | None:  # fmt: skip
        vault = self.box if boxed else self.vault
        return vault.seal(_AS_JSON(facts), of) if facts is not None else None

    def open_facts(self, sealed: bytes | None, of: bytes | None = None) -> dict[str, Any]:
        text = self.open(sealed, of)
        return json.loads(text) if text else {}


def for_change(query: Select[Any]) -> Select[Any]:
    """The rows locked until the transaction ends. Others may still refer to them, as a notice to this person does:
    a full FOR UPDATE would make whoever writes one wait, and two of these wait for each other."""
    return query.with_for_update(key_share=True)


def is_conflict(error: BaseException) -> bool:
    """Whether two transactions got in each other's way and this one was given up: trying again may well succeed."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in ("40P01", "40001")


def open_database(settings: Settings) -> "Database":
    """The database of these settings, with its two vaults."""
    private_files.folder(settings.var_dir)
    box = vaults.box(settings.box_key, settings.data_key)
    return Database(settings.database, Vault(settings.data_key), box)


class Database:
    """The only place where a fact lives. One object a process; safe for its threads."""

    def __init__(self, url: str, vault: Vault, box: Vault) -> None:
        self.url = make_url(url)
        self.vault, self.box = vault, box
        vault.use_index_key(lambda: index_key.read(self.engine, vault))
        self._file_lock: FileLock | None = None
        self._commits: GroupCommit | None = None
        self._watch = Watch()
        self.roster_changes = 0  # made by this process
        if self.url.get_backend_name() == "sqlite":
            path = Path(self.url.database or "")
            private_files.restrict_database(path)
            self.engine = engines.sqlite(url, path)
            self._file_lock = FileLock(path.with_suffix(".lock"), engines.BUSY_SECONDS)
            self._log = WriteAheadLog(path)
            self._commits = GroupCommit(self._log.sync)
            self._batch = Batch(self.engine, self._file_lock)
        else:
            self.engine = engines.postgresql(url, self._watch)

    @contextmanager
    def transaction(
        self,
        within: float = 0.0,
        ahead: Callable[[Tx], None] | None = None,
        *,
        thorough: bool = False,
        deferred: bool = False,
    ) -> Iterator[Tx]:
        """Commit at the end, roll back on any error. On SQLite writers queue on one file lock, which is free again while
        the log is synced. Raises OperationalError where it cannot be: it is committed then, but may not outlast a power cut.

        `within`: seconds after which PostgreSQL is given up with an OperationalError; 0: never.
        `ahead`: where all writers queue, it is called before, to read and to compute what must not be computed while
        others wait; what it reads may have changed when the lock is held.
        `thorough`: what is deleted is overwritten on the disk at once, which SQLite else does where it costs nothing.
        `deferred`: nobody hears of it before the caller has called `commit` and then `make_durable`. On SQLite those of one
        thread are committed together.
        """
        look = None if ahead is None else lambda connection: ahead(self._tx(connection))
        if self._file_lock is None:
            opened = self._on_server(within)
        elif deferred:
            opened = self._batch.join(look)
        else:
            opened = self._alone(look, thorough=thorough)
        with opened as connection:
            yield (tx := self._tx(connection))
        if deferred and tx.summary.roster:  # others read it through connections of their own
            self._end_batch()
        self.roster_changes += tx.summary.roster
        if not deferred:
            self.make_durable()

    def _tx(self, connection: Connection) -> Tx:
        return Tx(channel(connection), self.vault, self.box)

    @contextmanager
    def _on_server(self, within: float) -> Iterator[Connection]:
        """A transaction of PostgreSQL."""
        with self.engine.connect() as connection, self._watch.within(within, _driver(connection)), connection.begin():
            yield connection

    @contextmanager
    def _alone(self, look: Callable[[Connection], None] | None, *, thorough: bool) -> Iterator[Connection]:
        """A transaction of SQLite with a commit of its own."""
        assert self._file_lock is not None
        assert self._commits is not None
        self._end_batch()
        with self.engine.connect() as connection:
            if look is not None:
                look(connection)
            before = _driver(connection).total_changes
            with self._file_lock, overwriting(connection, thorough), connection.begin():
                BEGIN.run(channel(connection), {})
                yield connection
            if _driver(connection).total_changes != before:
                self._commits.note()

    @property
    def is_gathering(self) -> bool:
        """Whether deferred transactions of this thread wait for `commit`."""
        return self._file_lock is not None and self._batch.is_open

    def commit(self) -> None:
        """Commit the deferred transactions of this thread. OperationalError where they, or some since the last call, could not
        be: then none of them counts."""
        if self._file_lock is not None:
            self._end_batch()
            self._batch.check()

    def _end_batch(self) -> None:
        if self.is_gathering:
            self._batch.end()
            assert self._commits is not None
            self._commits.note()  # even without a change: an answer may tell what another process has written

    def when_committed(self, call: Callable[[], None]) -> None:
        """Call it when what this thread has written is committed: at once, where nothing waits for `commit`."""
        if self.is_gathering:
            self._batch.then(call)
        else:
            call()

    @property
    def at_a_time(self) -> int:
        """How many transactions of a process are worth being under way at a time."""
        return 1 if self._file_lock is not None else AT_A_TIME

    @property
    def is_durable(self) -> bool:
        """Whether all that this process has committed is on the disk."""
        return self._commits is None or self._commits.is_durable

    def make_durable(self) -> None:
        """Return when all that this process had committed before the call is on the disk. OperationalError."""
        if self._commits is not None:
            self._commits.wait()

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """A transaction that only reads; waits for nobody."""
        with self.engine.connect() as connection, connection.begin():
            yield self._tx(connection)

    def open(self, sealed: bytes | None, of: bytes | None = None, *, boxed: bool = False) -> str | None:
        """As `Tx.open`. `boxed`: the box is tried first, which costs less where it mostly fits."""
        first, other = (self.box, self.vault) if boxed else (self.vault, self.box)
        return vaults.open_with_either(first, other, sealed, of)

    def open_bytes(self, sealed: bytes, of: bytes | None = None) -> bytes:
        """As `open`, of bytes."""
        return vaults.open_bytes_with_either(self.vault, self.box, sealed, of)

    @property
    def file_name(self) -> str | None:
        """The name of SQLite's file; those of its log begin with it. None for PostgreSQL."""
        return Path(self.url.database or "").name if self._file_lock is not None else None

    def tidy(self) -> None:
        """What was overwritten leaves SQLite's log too, as far as no reader needs it; PostgreSQL does so by itself."""
        if self._file_lock is not None:
            with self._file_lock:
                write_ahead_log.shorten(self.engine)

    def copy_log(self) -> None:
        """Copies SQLite's log into the database's file while others write; PostgreSQL does so by itself."""
        if self._file_lock is not None:
            write_ahead_log.copy(self.engine)

    def close(self) -> None:
        self.engine.dispose()
        if self._file_lock is not None:
            self._file_lock.close()
            self._log.close()


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
