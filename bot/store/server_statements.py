"""Statements that PostgreSQL keeps prepared, executed through libpq as psycopg wraps it.

psycopg's cursors read a statement's text, count it and describe its result in Python each time: 150 µs, of which the server and
the network need 40. Values are converted by the same adapters as the cursors' (psycopg.adapt).
"""

import re
from collections.abc import Callable, Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from psycopg import Connection, abc
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import OperationalError, error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

Facts = MutableMapping[Any, Any]
"""Those of a pooled connection; they live as long as it does."""
GOOD = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)
_PARAMETER = re.compile(r"%(?:\((\w+)\)s|%)")
_KEPT = "server statements"
_numbers = count()


@dataclass(slots=True)
class Kept:
    """What is kept with a connection: adapters, the names of the statements that it has prepared (a rollback leaves them
    prepared), and who is told of each text and its values."""

    adapters: abc.Transformer
    names: set[bytes]
    told: Callable[[str, Mapping[str, Any]], None] | None = None


@dataclass(frozen=True, slots=True)
class ServerStatement:
    """A statement under a name of its own. `text`: as psycopg's cursors take it. `parameters`: their names in order. `formats`:
    text but for bytes; text leaves the types to the server."""

    name: bytes
    text: str
    numbered: bytes
    parameters: Sequence[str]
    formats: Sequence[PyFormat]

    def run(
        self, driver: Connection[Any], facts: Facts, values: Sequence[Any]
    ) -> tuple[list[tuple[Any, ...]], Callable[[], list[int]], int]:  # fmt: skip
        """(rows, what gives the types of their columns as oids, the number of rows that it returned or changed). `facts`: those of the
        pooled connection. Begins a transaction like a cursor. Raises psycopg.Error."""
        server, kept = driver.pgconn, kept_with(driver, facts)
        if server.transaction_status == TransactionStatus.IDLE and not driver.autocommit:
            _checked(server, server.exec_(b"BEGIN"))
            if kept.told is not None:
                kept.told("BEGIN", {})
        if self.name not in kept.names:
            _checked(server, server.prepare(self.name, self.numbered))
            kept.names.add(self.name)
        if kept.told is not None:
            kept.told(self.text, dict(zip(self.parameters, values, strict=True)))
        adapters = kept.adapters
        given: Any = adapters.dump_sequence(
            values, self.formats
        )  # None is NULL, which the annotation of exec_prepared lacks
        result = _checked(server, server.exec_prepared(self.name, given, adapters.formats, Format.BINARY))
        adapters.set_pgresult(result)
        rows = adapters.load_rows(0, result.ntuples, tuple)
        return rows, lambda: [result.ftype(at) for at in range(result.nfields)], result.command_tuples or 0


def server_statement(text: str, parameters: Sequence[str], of_bytes: Collection[str]) -> ServerStatement:
    """Of a text with named parameters; `of_bytes`: the names of those whose values are bytes."""
    numbers = {name: at for at, name in enumerate(parameters, 1)}
    numbered = _PARAMETER.sub(lambda met: f"${numbers[met[1]]}" if met[1] else "%", text)
    formats = [PyFormat.BINARY if name in of_bytes else PyFormat.TEXT for name in parameters]
    return ServerStatement(f"wutong_{next(_numbers)}".encode(), text, numbered.encode(), parameters, formats)


def kept_with(driver: Connection[Any], facts: Facts) -> Kept:
    """What is kept with this connection, in its facts."""
    found: Kept | None = facts.get(_KEPT)
    if found is None:
        found = facts[_KEPT] = Kept(Transformer(driver), set())
    return found


def _checked(server: PGconn, result: PGresult) -> PGresult:
    """The result of a statement that succeeded. Raises psycopg.Error."""
    if result.status in GOOD:
        return result
    if server.status == ConnStatus.BAD:
        raise OperationalError(server.get_error_message())
    raise error_from_result(result)
