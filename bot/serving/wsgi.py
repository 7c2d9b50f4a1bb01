"""A WSGI application called with granian's request, and its answer read to the end."""

import io
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes

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


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


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


def plain(status: int) -> Answer:
    """A problem document (RFC 9457), as the API answers; the connection ends with it."""
    body = json.dumps({"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}).encode()
    return Answer(status, [("content-type", "application/problem+json"), ("connection", "close")], body)
