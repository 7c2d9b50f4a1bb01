"""HTTP exchanges with one host over connections of the standard library: a third of the CPU time that urllib3 takes for one.

Nothing is tried twice, redirects are answers, and it is told apart whether a request may have arrived.
"""

import select
import ssl
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any

from urllib3.util import Url

from workers.connections import IDLE_SECONDS

PIECE = 1 << 16  # bytes read at a time


class NotConnected(Exception):
    """The request has certainly not arrived."""


class NoAnswer(Exception):
    """The request may have arrived; its answer did not come, or not whole."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`connect`, `read`: seconds until something comes; `whole`: until all has come. `most`: bytes of an answer."""

    connect: float
    read: float
    whole: float
    most: int


class Host:
    """Safe for threads: a connection serves one at a time, and is not used again where the other side may be closing it."""

    def __init__(self, address: Url, limits: Limits) -> None:
        self._address, self._limits = address, limits
        self._tls = ssl.create_default_context() if address.scheme == "https" else None
        self._idle: deque[tuple[HTTPConnection, float]] = (
            deque()
        )  # with the time since when it is; the last one is the freshest

    def exchange(
        self, method: str, target: str, body: bytes | None, headers: Mapping[str, str], limits: Limits | None = None
    ) -> tuple[int, bytes]:
        """(status, content) of one answer. NotConnected or NoAnswer."""
        limits = limits or self._limits
        connection = self._free() or self._connected(limits)
        try:
            assert connection.sock is not None
            connection.sock.settimeout(limits.read)
            connection.request(method, target, body, headers)
            answer = connection.getresponse()
            content = _content(answer, limits)
        except (HTTPException, OSError) as error:
            connection.close()
            raise NoAnswer(type(error).__name__) from error
        except BaseException:
            connection.close()
            raise
        if answer.isclosed() and connection.sock is not None:  # else the other side asked to close it
            self._idle.append((connection, time.monotonic()))
        else:
            connection.close()
        return answer.status, content

    def close(self) -> None:
        while self._idle:
            self._idle.pop()[0].close()

    def _free(self) -> HTTPConnection | None:
        """One that is open and was used a moment ago. What lies below it in the stack has been idle for longer."""
        while self._idle:
            try:
                connection, since = self._idle.pop()
            except IndexError:  # another thread has it
                return None
            if time.monotonic() - since <= IDLE_SECONDS and not _is_readable(connection.sock):
                return connection
            connection.close()
        return None

    def _connected(self, limits: Limits) -> HTTPConnection:
        host, port = self._address.host or "", self._address.port
        if self._tls is not None:
            connection: HTTPConnection = HTTPSConnection(host, port, timeout=limits.connect, context=self._tls)
        else:
            connection = HTTPConnection(host, port, timeout=limits.connect)
        try:
            connection.connect()
        except (HTTPException, OSError, UnicodeError) as error:
            connection.close()
            raise NotConnected(type(error).__name__) from error
        return connection


def _is_readable(socket: Any) -> bool:
    """Whether the other side has closed it, or says what nobody asked for."""
    looked = select.poll()  # `select` cannot wait for a file of a high number
    looked.register(socket, select.POLLIN)
    return bool(looked.poll(0))


def _content(answer: HTTPResponse, limits: Limits) -> bytes:
    """All of it, or its first `most` bytes; then the answer stays open. HTTPException where it comes too slowly or breaks off."""
    until = time.monotonic() + limits.whole
    parts: list[bytes] = []
    left = limits.most
    while left and (part := answer.read1(min(left, PIECE))):
        parts.append(part)
        left -= len(part)
        if time.monotonic() > until:
            raise HTTPException("too slow")
    if left:
        if answer.length:
            raise HTTPException("it breaks off")
        answer.close()
    return b"".join(parts)
