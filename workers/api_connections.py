"""Connections to the platform's API: the standard library's, since every notice pays for what lies above them.

Of each exchange it is known whether the request was sent: NotSent, or NoAnswer where it may have arrived.
"""

import http.client
import select
import ssl
import threading
import time
from collections.abc import Mapping
from functools import cached_property
from urllib.parse import urlsplit

IDLE_SECONDS = 1.0  # the least that servers keep an idle connection is two seconds; some proxies do
MOST_BYTES = 1 << 20  # of an answer
WHOLE_SECONDS = 60.0  # for a whole answer, however slowly it comes


class NotSent(Exception):
    """The request did not leave: no connection."""


class NoAnswer(Exception):
    """The request was sent in part or whole, and no whole answer came."""


class ApiConnections:
    """Keeps up to `size` connections to one address. Safe for threads. Nothing is tried twice, redirects are answers."""

    def __init__(self, base_url: str, size: int, connect_seconds: float, read_seconds: float) -> None:
        self._address = urlsplit(base_url)
        self._size = size
        self._connect_seconds, self._read_seconds = connect_seconds, read_seconds
        self._idle: list[tuple[float, http.client.HTTPConnection]] = []  # since when; the last used comes last
        self._lock = threading.Lock()

    def exchange(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """(status, content) of the answer. `path` goes below the path of the base address. Raises NotSent, NoAnswer."""
        connection = self._take() or self._open()
        try:
            connection.request(method, self._address.path + path, body, dict(headers))
            answer = connection.getresponse()
            content = _content(answer)
        except (http.client.HTTPException, OSError) as error:
            connection.close()
            raise NoAnswer(type(error).__name__) from error
        except BaseException:
            connection.close()
            raise
        whole = answer.length == 0 or answer.isclosed()
        answer.close()
        if whole and not answer.will_close:
            self._put(connection)
        else:
            connection.close()
        return answer.status, content

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for _, connection in idle:
            connection.close()

    def _take(self) -> http.client.HTTPConnection | None:
        """One that the other side keeps open. A request on a connection that it is just closing gets no answer, and
        nobody can tell whether it was read: what lay idle for long is not used again."""
        while True:
            with self._lock:
                if not self._idle:
                    return None
                since, connection = self._idle.pop()
            if time.monotonic() - since <= IDLE_SECONDS and not _has_something_to_say(connection):
                return connection
            connection.close()

    def _put(self, connection: http.client.HTTPConnection) -> None:
        with self._lock:
            if len(self._idle) < self._size:
                self._idle.append((time.monotonic(), connection))
                return
        connection.close()

    def _open(self) -> http.client.HTTPConnection:
        host, port, seconds = self._address.hostname or "", self._address.port, self._connect_seconds
        connection = (
            http.client.HTTPSConnection(host, port, timeout=seconds, context=self._tls)
            if self._address.scheme == "https"
            else http.client.HTTPConnection(host, port, timeout=seconds)
        )
        try:
            connection.connect()  # with the handshake: one that takes too long is no connection, not a lost answer
        except OSError as error:
            connection.close()
            raise NotSent(type(error).__name__) from error
        connection.sock.settimeout(self._read_seconds)
        return connection

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context()


def _has_something_to_say(connection: http.client.HTTPConnection) -> bool:
    """Whether something came without a question: the other side's close, as a rule."""
    poll = select.poll()
    poll.register(connection.sock, select.POLLIN)
    return bool(poll.poll(0))


def _content(answer: http.client.HTTPResponse) -> bytes:
    """All of it, at most MOST_BYTES. TimeoutError where it comes too slowly, IncompleteRead where it breaks off."""
    until = time.monotonic() + WHOLE_SECONDS
    parts, left = [], MOST_BYTES
    while left and (part := answer.read1(min(left, 1 << 16))):
        parts.append(part)
        left -= len(part)
        if time.monotonic() > until:
            raise TimeoutError
    if left and answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return b"".join(parts)
