"""HTTP exchanges with one host: a request leaves in one piece, and an answer of the usual shape is read here.

The standard library connects, and reads every answer of another shape; it takes several times as long. Nothing is tried twice,
redirects are answers, and it is told apart whether a request may have arrived.
"""

import io
import re
import select
import ssl
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any

from urllib3.util import Url

from workers.http.connections import IDLE_SECONDS

PIECE = 1 << 14  # bytes read at a time
_NOT_IN_TARGET = re.compile(r"[^\x21-\x7e]")
_END = b"\r\n\r\n"
_STATUS = re.compile(rb"http/1\.1 ([2-5]\d\d)[ \r]")
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,9})[ \t]*\r\n")
_UNUSUAL = re.compile(rb"\r\n(?:transfer-encoding|connection(?!:[ \t]*keep-alive[ \t]*\r))")
_NO_CONTENT = (b"204", b"304")


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
        usual = address.port in (None, 443 if self._tls else 80)
        self._name = address.host if usual else f"{address.host}:{address.port}"
        self._idle: deque[tuple[HTTPConnection, float]] = (
            deque()
        )  # with the time since when it is; the last one is the freshest

    def exchange(
        self, method: str, target: str, body: bytes | None, headers: Mapping[str, str], limits: Limits | None = None
    ) -> tuple[int, bytes]:
        """(status, content) of one answer. NotConnected or NoAnswer."""
        limits = limits or self._limits
        request = self._request(method, target, body, headers)
        connection = self._free() or self._connected(limits)
        try:
            connection.sock.settimeout(limits.read)
            connection.sock.sendall(request)
            status, content, is_whole = _answer(connection.sock, method, limits)
        except (HTTPException, OSError) as error:
            connection.close()
            raise NoAnswer(type(error).__name__) from error
        except BaseException:
            connection.close()
            raise
        if is_whole:
            self._idle.append((connection, time.monotonic()))
        else:
            connection.close()
        return status, content

    def close(self) -> None:
        while self._idle:
            self._idle.pop()[0].close()

    def _request(self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]) -> bytes:
        """All of it in one piece: two make the other side wake up twice."""
        if _NOT_IN_TARGET.search(target):
            raise NotConnected("no address")
        lines = [f"{method} {target} HTTP/1.1", f"Host: {self._name}", "Accept-Encoding: identity"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join((*lines, "\r\n")).encode("latin-1") + (body or b"")

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


def _answer(socket: Any, method: str, limits: Limits) -> tuple[int, bytes, bool]:
    """(status, content, whether the connection may serve again). HTTPException where it is no answer, comes too slowly or breaks
    off; of what is longer than `most` its first bytes."""
    until, begun = time.monotonic() + limits.whole, socket.recv(PIECE)
    head, end, content = begun.partition(_END)
    status, length = _usual(head.lower() + b"\r\n") if end else (0, 0)
    if not status or length > limits.most:
        return _unusual(HTTPResponse(_Resumed(socket, begun), method=method), limits.most, until)  # type: ignore[arg-type]
    parts, left = [content], length - len(content)
    while left > 0:
        if time.monotonic() > until:
            raise HTTPException("too slow")
        parts.append(socket.recv(PIECE))
        left -= len(parts[-1])
        if not parts[-1]:
            raise HTTPException("it breaks off")
    return status, b"".join(parts)[:length], not left


def _usual(head: bytes) -> tuple[int, int]:
    """(status, length of the content) of an answer of the usual shape: the length alone says where it ends, and the connection
    stays open. (0, 0) for any other one. `head`: in small letters."""
    status, length = _STATUS.match(head), _LENGTH.search(head)
    if status is None or length is None or status[1] in _NO_CONTENT:
        return 0, 0
    if _UNUSUAL.search(head) or head.count(b"\r\ncontent-length") > 1:
        return 0, 0
    return int(status[1]), int(length[1])


class _Resumed(io.RawIOBase):
    """A socket of which something was read already, as HTTPResponse takes it."""

    def __init__(self, socket: Any, begun: bytes) -> None:
        self._socket, self._begun = socket, begun

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._begun:
            return int(self._socket.recv_into(buffer))
        count = min(len(buffer), len(self._begun))
        buffer[:count], self._begun = self._begun[:count], self._begun[count:]
        return count


def _unusual(answer: HTTPResponse, most: int, until: float) -> tuple[int, bytes, bool]:
    """As `_answer`, read by the standard library: in chunks, until it closes, after another one that says to go on."""
    answer.begin()
    parts: list[bytes] = []
    left = most
    while left and (part := answer.read1(min(left, PIECE))):
        parts.append(part)
        left -= len(part)
        if time.monotonic() > until:
            raise HTTPException("too slow")
    if left and answer.length:
        raise HTTPException("it breaks off")
    answer.close()
    return answer.status, b"".join(parts), bool(left) and not answer.will_close
