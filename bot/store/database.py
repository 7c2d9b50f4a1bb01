"""One unit of work over SQLite or PostgreSQL, with the two vaults that seal what is kept in it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, Executable, Row, Select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.store.connections import private_files
from bot.store.connections.backend import Backend
from bot.store.connections.postgresql import Postgresql
from bot.store.connections.sqlite import Sqlite
from bot.store.connections.statements import Channel, Prepared, Values, channel, send_later
from bot.store.sealed import index_key
from bot.store.sealed import vault as vaults
from bot.store.sealed.vault import Vault
from config.settings import Settings

_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode


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
        """SQLAlchemy's own, with all that was written before it."""
        send_later(self.channel)
        return self.channel.connection

    @property
    def dialect(self) -> str:
        return self.channel.connection.dialect.name

    def run(self, statement: Executable, values: Any = None) -> CursorResult[Any]:
        return self.connection.execute(statement, values) if values is not None else self.connection.execute(statement)

    def write(self, statement: Prepared, values: Values | Sequence[Values]) -> None:
        """Run it, with a list once for each of its values, where nobody asks what it changed. PostgreSQL gets it together with the
        next statement of the transaction or with its commit, and an error of it is raised there."""
        statement.later(self.channel, values)

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
        self.roster_changes = 0  # made by this process
        self.backend: Backend = Sqlite(url) if self.url.get_backend_name() == "sqlite" else Postgresql(url)
        vault.use_index_key(lambda: index_key.read(self.engine, vault))

    @property
    def engine(self) -> Engine:
        return self.backend.engine

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
        with self.backend.transaction(within, look, thorough=thorough, deferred=deferred) as connection:
            yield (tx := self._tx(connection))
        if deferred and tx.summary.roster:  # others read it through connections of their own
            self.backend.end_gathering()
        self.roster_changes += tx.summary.roster
        if not deferred:
            self.make_durable()

    def _tx(self, connection: Connection) -> Tx:
        return Tx(channel(connection), self.vault, self.box)

    @property
    def is_gathering(self) -> bool:
        """Whether deferred transactions of this thread wait for `commit`."""
        return self.backend.is_gathering

    def commit(self) -> None:
        """Commit the deferred transactions of this thread. OperationalError where they, or some since the last call, could not
        be: then none of them counts."""
        self.backend.commit()

    def when_committed(self, call: Callable[[], None]) -> None:
        """Call it when what this thread has written is committed: at once, where nothing waits for `commit`."""
        self.backend.when_committed(call)

    @property
    def is_durable(self) -> bool:
        """Whether all that this process has committed is on the disk."""
        return self.backend.is_durable

    def make_durable(self) -> None:
        """Return when all that this process had committed before the call is on the disk. OperationalError."""
        self.backend.make_durable()

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

    def close(self) -> None:
        self.backend.close()
