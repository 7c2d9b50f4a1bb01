"""The Flask application behind granian's RSGI interface: a request is read without a thread, then answered in one.

A WSGI server reads the body in the thread that answers, so that a few senders that stop in the middle of a body hold
every thread. Here the event loop reads it, with a limit of size and of time.
"""

import asyncio
import io
import logging
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes

log = logging.getLogger(__name__)

BODY_SECONDS = 5.0  # the platform itself gives up after 5 s
BODY_BYTES = 1024 * 1024  # more is 413
THREADS = 8
PATIENCE_SECONDS = 0.5  # a request that has waited so long for its turn goes on beside the others

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class Headers(Protocol):
    """What is used of granian's headers."""

    def get(self, key: str) -> str | None: ...
    def items(self) -> list[tuple[str, str]]: ...


class Scope(Protocol):
    """What is used of granian's description of a request; `client` and `server` are "host:port"."""

    http_version: str
    client: str
    server: str
    scheme: str
    method: str
    path: str
    query_string: str
    headers: Headers


class Exchange(Protocol):
    """What is used of granian's protocol object: chunks of the body come in, one response goes out."""

    def __aiter__(self) -> Any: ...
    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None: ...
    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Server:
    """Calls a WSGI application for each request of granian.

    Usually one thread computes at a time: under the interpreter's lock more of them only take it from each other, and
    whoever holds the database's lock waits for it too. A request that waited `PATIENCE_SECONDS` goes on in a thread of
    its own, so that a database that does not answer holds up nobody else.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="request")
        self._turn = asyncio.Semaphore(1)

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        body = await _body(scope, exchange)
        answer = body if isinstance(body, Answer) else await self._answer(environ(scope, body))
        if answer.body:
            exchange.response_bytes(answer.status, answer.headers, answer.body)
        else:
            exchange.response_empty(answer.status, answer.headers)

    async def _answer(self, environment: Environ) -> Answer:
        has_turn = await self._wait_for_turn()
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._pool, call, self._application, environment)
        except Exception:
            log.exception("a request failed outside the application")
            return _plain(500)
        finally:
            if has_turn:
                self._turn.release()

    async def _wait_for_turn(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self._turn.acquire()
        except TimeoutError:
            return False


async def _body(scope: Scope, exchange: Exchange) -> bytes | Answer:
    """The whole body up to `BODY_BYTES`; 413 where more is announced, 408 where it is not there in time, 400 where it is
    shorter than announced."""
    announced = scope.headers.get("content-length")
    if announced is None and scope.headers.get("transfer-encoding") is None:
        return b""
    if announced is not None and (not announced.isdigit() or int(announced) > BODY_BYTES):
        return _plain(413)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in exchange:
                body += chunk
                if len(body) > BODY_BYTES:
                    return _plain(413)
    except TimeoutError:
        return _plain(408)
    except RuntimeError as error:  # granian's errors; the sender hung up
        log.info("a body broke off: %s", type(error).__name__)
        return _plain(400)
    return _plain(400) if announced is not None and announced != str(len(body)) else bytes(body)


def environ(scope: Scope, body: bytes) -> Environ:
    """The WSGI environment (PEP 3333). A header whose name has an underscore is left out: it would look like another."""
    server, _, port = scope.server.rpartition(":")
    found: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        found[key] = f"{found[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}" if key in found else value
    return found


def call(application: Application, environment: Environ) -> Answer:
    """What the application answers, read to its end."""
    started: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Callable[[bytes], None]:
        started[:] = [int(status[:3]), [(name.lower(), value) for name, value in headers]]
        return written.append

    written: list[bytes] = []
    parts = application(environment, start)
    try:
        body = b"".join([*written, *parts])
    finally:
        close = getattr(parts, "close", None)
        if close is not None:
            close()
    return Answer(started[0], started[1], body)


def _plain(status: int) -> Answer:
    return Answer(status, [("content-type", "text/plain; charset=utf-8"), ("connection", "close")], b"")
