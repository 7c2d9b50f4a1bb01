"""Statements that PostgreSQL keeps prepared, executed through libpq as psycopg wraps it.

psycopg's cursors read a statement's text, count it and describe its result in Python each time: 150 µs, of which the server and
the network need 40. Values are converted by the same adapters as the cursors' (psycopg.adapt). What nobody waits for is sent
together with the next statement whose result is asked for, or with the commit (libpq's pipeline mode).
"""

import re
import select
from collections.abc import Callable, Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from psycopg import Connection, Error, abc
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
    prepared), what is to be sent with the next statement, and who is told of each text and its values."""

    adapters: abc.Transformer
    names: set[bytes]
    later: "list[tuple[ServerStatement, Sequence[Any]]]" = field(default_factory=list)
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

    def later(self, driver: Connection[Any], facts: Facts, values: Sequence[Any]) -> None:
        """To be sent with the next statement of this connection, or by `send_later`."""
        kept_with(driver, facts).later.append((self, values))

    def run(
        self, driver: Connection[Any], facts: Facts, values: Sequence[Any]
    ) -> tuple[list[tuple[Any, ...]], Callable[[], list[int]], int]:  # fmt: skip
        """(rows, what gives the types of their columns as oids, the number of rows that it returned or changed). `facts`: those of the
        pooled connection. Begins a transaction like a cursor. Raises psycopg.Error, also where what was to be sent before fails."""
        kept = kept_with(driver, facts)
        kept.later.append((self, values))
        result = _sent(driver, kept, commit=False)
        kept.adapters.set_pgresult(result)
        rows = kept.adapters.load_rows(0, result.ntuples, tuple)
        return rows, lambda: [result.ftype(at) for at in range(result.nfields)], result.command_tuples or 0


def send_later(driver: Connection[Any], facts: Facts, *, commit: bool) -> None:
    """Send what is to be sent, if anything is, and then commit where `commit` says so. Raises psycopg.Error: then nothing is
    committed."""
    kept: Kept | None = facts.get(_KEPT)
    if kept is not None and kept.later:
        _sent(driver, kept, commit=commit)


def drop_later(facts: Facts) -> None:
    """Forget what is to be sent: its transaction is given up."""
    kept: Kept | None = facts.get(_KEPT)
    if kept is not None:
        kept.later.clear()


def _sent(driver: Connection[Any], kept: Kept, *, commit: bool) -> PGresult:
    """All that is kept for later, in one round trip; the result of the last of them."""
    server, todo = driver.pgconn, list(kept.later)
    kept.later.clear()
    begins = server.transaction_status == TransactionStatus.IDLE and not driver.autocommit
    new = {one.name: one.numbered for one, _ in todo if one.name not in kept.names}
    if kept.told is not None:
        _tell(kept.told, todo, begins=begins)
    given = [_dumped(kept.adapters, *one) for one in todo]  # an error of these comes before anything is sent
    if len(given) == 1 and not (begins or new or commit):
        return _checked(server, server.exec_prepared(*given[0], Format.BINARY))
    server.enter_pipeline_mode()
    try:
        if begins:
            server.send_query_params(b"BEGIN", None)
        for name, text in new.items():
            server.send_prepare(name, text)
        for one in given:
            server.send_query_prepared(*one, Format.BINARY)
        if commit:
            server.send_query_params(b"COMMIT", None)
        server.pipeline_sync()
        results, failed = _results(server)
    finally:
        if server.status != ConnStatus.BAD:
            server.exit_pipeline_mode()
    kept.names.update(list(new)[: max(len(results) - begins, 0)])  # they stay prepared, whatever failed behind them
    if failed is not None:
        raise failed
    return results[-2] if commit else results[-1]


def _dumped(adapters: abc.Transformer, statement: ServerStatement, values: Sequence[Any]) -> tuple[bytes, Any, Any]:
    """Its name, its values in the server's form (None is NULL, which annotations lack), and their formats."""
    given = adapters.dump_sequence(values, statement.formats)
    return statement.name, given, adapters.formats


def _tell(
    told: Callable[[str, Mapping[str, Any]], None], todo: Sequence[tuple[ServerStatement, Sequence[Any]]], *, begins: bool
) -> None:  # fmt: skip
    if begins:
        told("BEGIN", {})
    for statement, values in todo:
        told(statement.text, dict(zip(statement.parameters, values, strict=True)))


def _results(server: PGconn) -> tuple[list[PGresult], Error | None]:
    """Those of the statements up to the synchronisation or to the first that failed, and its error: the others were not executed.
    OperationalError where the connection is broken."""
    found: list[PGresult] = []
    failed: Error | None = None
    while True:
        _await(server)
        result = server.get_result()
        if result is None:  # the end of one statement's results
            if server.status == ConnStatus.BAD:
                raise OperationalError(server.get_error_message())
            continue
        if result.status == ExecStatus.PIPELINE_SYNC:
            return found, failed
        try:
            found.append(_checked(server, result))
        except Error as error:
            if server.status == ConnStatus.BAD:
                raise
            failed = failed or error


def _await(server: PGconn) -> None:
    """Until a result is there. `get_result` alone would hold the interpreter's lock while it waits."""
    while server.is_busy():
        readable = select.poll()
        readable.register(server.socket, select.POLLIN)
        readable.poll()
        server.consume_input()


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
