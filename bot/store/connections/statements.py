"""Statements that are compiled once for each dialect and then handed to the driver itself.

SQLAlchemy spends about 175 µs on building and executing a statement, of which the driver needs 13.
"""

from collections import namedtuple
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, Connection, Dialect, LargeBinary
from sqlalchemy.sql import visitors
from sqlalchemy.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    from bot.store.connections.server_statements import ServerStatement

Values = dict[str, Any]
Processor = Callable[[Any], Any]
Types = Callable[[], Sequence[Any]]
"""The types of the columns that were asked for, by the driver's numbers."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A connection, with the driver's own under it and the facts of the pooled one: to look them up takes six calls."""

    connection: Connection
    driver: Any
    facts: MutableMapping[Any, Any]


def channel(connection: Connection) -> Channel:
    """Of a connection that is open."""
    pooled = connection.connection
    return Channel(connection, pooled.driver_connection, pooled.info)


class Prepared:
    """A statement with named parameters. `build` makes it for a dialect's name, once for each.

    Lists for IN must be constants of the statement. Rows are named tuples, so that they read like SQLAlchemy's.
    """

    def __init__(self, build: Callable[[str], Any]) -> None:
        self.build = build
        self._compiled: dict[str, _Compiled] = {}

    def compiled(self, dialect: Dialect) -> "_Compiled":
        """Made at the first call, which takes milliseconds: call it before a lock is held."""
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = _compiled(self.build(dialect.name), dialect)
        return found

    def run(self, to: Channel, values: Values | Sequence[Values]) -> tuple[list[Any], int]:
        """(the rows it returns, the number of rows it changed). A list of values runs it once for each, without rows.

        Errors of the driver become the same subclasses of SQLAlchemyError as by `Connection.execute`; a missing value
        is a KeyError.
        """
        compiled = self.compiled(to.connection.dialect)
        given = [compiled.picked(one) for one in ([values] if isinstance(values, dict) else values)]
        if compiled.on_server is not None:
            if len(given) == 1:
                return _on_server(to, compiled, compiled.on_server, given[0])
            send_later(to)
        return _by_cursor(to, compiled, given)

    def later(self, to: Channel, values: Values | Sequence[Values]) -> None:
        """As `run`, where nobody waits for the result. PostgreSQL gets it with the next statement of the transaction or with its
        commit, which then raises its errors."""
        compiled = self.compiled(to.connection.dialect)
        given = [compiled.picked(one) for one in ([values] if isinstance(values, dict) else values)]
        if compiled.on_server is None:
            _by_cursor(to, compiled, given)
            return
        for one in given:
            compiled.on_server.later(to.driver, to.facts, one)


def send_later(to: Channel, *, commit: bool = False) -> None:
    """Whatever PostgreSQL is still to get, before SQLAlchemy sends anything itself. `commit`: and then the commit, in the same
    round trip."""
    if to.connection.dialect.name != "postgresql":
        return
    from bot.store.connections import server_statements  # with SQLite nobody needs the driver

    try:
        server_statements.send_later(to.driver, to.facts, commit=commit)
    except to.connection.dialect.loaded_dbapi.Error as error:
        to.connection._handle_dbapi_exception(error, None, None, None, None)


def drop_later(to: Channel) -> None:
    """What PostgreSQL is still to get is not sent: the transaction is given up."""
    from bot.store.connections import server_statements

    server_statements.drop_later(to.facts)


def _by_cursor(to: Channel, compiled: "_Compiled", values: Sequence[Sequence[Any]]) -> tuple[list[Any], int]:
    given: Sequence[Any] = values
    if not compiled.positional:
        given = [dict(zip(compiled.names, one, strict=True)) for one in values]
    cursor = to.driver.cursor()
    try:
        if len(given) == 1:
            cursor.execute(compiled.text, given[0])
        else:
            cursor.executemany(compiled.text, given)
        rows = compiled.rows(cursor.fetchall(), _types_of(cursor)) if compiled.has_rows else []
        changed = cursor.rowcount
    except to.connection.dialect.loaded_dbapi.Error as error:
        to.connection._handle_dbapi_exception(error, compiled.text, None, cursor, None)
    finally:
        cursor.close()
    return rows, changed


def _types_of(cursor: Any) -> Types:
    return lambda: [column[1] for column in cursor.description]  # psycopg makes it anew each time it is asked for


def _on_server(
    to: Channel, compiled: "_Compiled", statement: "ServerStatement", values: Sequence[Any]
) -> tuple[list[Any], int]:  # fmt: skip
    try:
        raw, types, changed = statement.run(to.driver, to.facts, values)
    except to.connection.dialect.loaded_dbapi.Error as error:
        to.connection._handle_dbapi_exception(error, compiled.text, None, None, None)
    return compiled.rows(raw, types), changed


@dataclass(slots=True)
class _Compiled:
    """The text for one dialect, and how values go in and come out."""

    text: str
    constants: Values
    names: Sequence[str]  # the parameters, in order
    pick: Callable[[Values], Sequence[Any]]  # their values
    processors: Sequence[tuple[int, Processor]]  # at which of them, and what converts its value
    positional: bool  # whether the driver takes them by position
    make: Any  # from a sequence of values to a row
    out: Callable[[Sequence[Any]], list[tuple[int, Processor]]]  # by the columns' types: column and what converts it
    has_rows: bool
    on_server: "ServerStatement | None"  # None: by a cursor
    converted: list[tuple[int, Processor]] | None = None

    def picked(self, values: Values) -> Sequence[Any]:
        """The values in the order of the parameters, converted for the driver."""
        given = self.pick({**self.constants, **values} if self.constants else values)
        if self.processors:
            given = list(given)
            for at, process in self.processors:
                given[at] = process(given[at])
        return given

    def rows(self, raw: Sequence[Any], types: Types) -> list[Any]:
        """Rows of what the driver gave; `types`: those of the columns, by the driver's numbers."""
        if not raw:
            return []
        if self.converted is None:
            self.converted = self.out(types())
        if not self.converted:
            return [self.make(one) for one in raw]
        made = []
        for one in raw:
            values = list(one)
            for at, process in self.converted:
                if values[at] is not None:
                    values[at] = process(values[at])
            made.append(self.make(values))
        return made


def _written_out(statement: Any) -> Any:
    """The statement with its constant texts and numbers as literals in its conditions. SQLite chooses an index of some rows by
    the value that a parameter has, and then plans the statement anew each time it is bound."""

    def write_out(bind: BindParameter[Any]) -> None:
        values = bind.value if isinstance(bind.value, list | tuple) else [bind.value]
        if not bind.required and all(isinstance(value, str | int) for value in values):
            bind.literal_execute = True

    return visitors.cloned_traverse(statement, {}, {"bindparam": write_out})


def _compiled(statement: Any, dialect: Dialect) -> _Compiled:
    compiled = _written_out(statement).compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    whole = compiled.construct_expanded_state(compiled.construct_params(_check=False))  # its constant lists written out
    into: dict[str, Any] = {**compiled._bind_processors, **whole.processors}  # the latter for constant lists alone
    # both drivers take bytes as they are
    unchanged = {name for name, bind in compiled.binds.items() if isinstance(bind.type, LargeBinary)}
    asked = {name for name, bind in compiled.binds.items() if bind.required}  # without a value: KeyError, never NULL
    columns = list(compiled._result_columns)

    def out(types: Sequence[Any]) -> list[tuple[int, Processor]]:
        found: list[tuple[int, Processor]] = []
        for at, column in enumerate(columns):
            process = column.type.dialect_impl(dialect).result_processor(dialect, types[at])
            if process is not None:
                found.append((at, process))
        return found

    names = tuple(whole.positiontup or whole.parameters)
    row: Any = namedtuple("row", [column.keyname for column in columns])  # type: ignore[misc]
    return _Compiled(
        text=whole.statement,
        constants={name: value for name, value in whole.parameters.items() if name not in asked},
        names=names,
        pick=_picking(names),
        processors=[(at, into[name]) for at, name in enumerate(names) if name in into and name not in unchanged],
        positional=compiled.positional,
        make=row._make,
        out=out,
        has_rows=bool(columns),
        on_server=None if compiled.positional else _on_servers(whole.statement, names, unchanged),
    )


def _on_servers(text: str, names: Sequence[str], of_bytes: set[str]) -> "ServerStatement":
    from bot.store.connections.server_statements import server_statement  # with SQLite nobody needs the driver

    return server_statement(text, names, of_bytes)


def _picking(names: Sequence[str]) -> Callable[[Values], Sequence[Any]]:
    """The values of these names, in order. KeyError where one lacks."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)
