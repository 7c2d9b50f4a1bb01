"""A platform that takes every message after a while and costs little: what sends is measured, not what answers.

`python -m tests.bench.load.quick_platform PORT SECONDS`. The sandbox, which knows all rules of the platform, takes more CPU for a
message than the worker that sends it, on the same machine.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests
import uvloop

from config.settings import ROOT
from tests.sandbox.server import free_port

START_SECONDS = 20
SENT, COUNT = "/sent", "/count"


@dataclass(frozen=True, slots=True)
class QuickPlatform:
    """Such a process."""

    url: str

    def count(self) -> int:
        """How many messages it has taken."""
        return int(requests.get(f"{self.url}{COUNT}", timeout=10).json())

    def sent(self) -> list[tuple[float, str]]:
        """When each was taken, and to whom."""
        return [(at, whom) for at, whom in requests.get(f"{self.url}{SENT}", timeout=10).json()]


@contextmanager
def running(seconds: float) -> Iterator[QuickPlatform]:
    """Answers each message so many seconds after it came."""
    platform = QuickPlatform(f"http://127.0.0.1:{free_port()}")
    command = [sys.executable, "-m", "tests.bench.load.quick_platform", platform.url.rsplit(":", 1)[1], str(seconds)]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    try:
        _wait_for(platform)
        yield platform
    finally:
        process.kill()
        process.wait()


def _wait_for(platform: QuickPlatform) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            platform.count()
            return
        except requests.ConnectionError:
            assert time.monotonic() < deadline, "the platform did not start"
            time.sleep(0.05)


class _Exchange(asyncio.Protocol):
    """One connection; requests come one after the other, each with its length."""

    def __init__(self, seconds: float, sent: list[tuple[float, str]]) -> None:
        self._seconds, self._sent = seconds, sent
        self._come = b""
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._come += data
        head, end, rest = self._come.partition(b"\r\n\r\n")
        _, named, length = head.lower().partition(b"\r\ncontent-length:")
        size = int(length.split(b"\r\n", 1)[0]) if named else 0
        if end and len(rest) >= size:
            self._come = rest[size:]
            self._take(head.split(b" ", 2)[1].decode(), rest[:size])

    def _take(self, path: str, body: bytes) -> None:
        if path.startswith("/cgi-bin/message/"):
            asyncio.get_running_loop().call_later(self._seconds, self._taken, body)
        elif path.startswith("/cgi-bin/stable_token"):
            self._say({"access_token": "quick", "expires_in": 7200})
        else:
            self._say({SENT: self._sent, COUNT: len(self._sent)}.get(path, {"errcode": 0}))

    def _taken(self, body: bytes) -> None:
        self._sent.append((time.time(), json.loads(body)["touser"]))
        self._say({"errcode": 0, "errmsg": "ok", "msgid": len(self._sent)})

    def _say(self, what: object) -> None:
        body = json.dumps(what).encode()
        self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))


async def _serve(port: int, seconds: float) -> None:
    sent: list[tuple[float, str]] = []
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Exchange(seconds, sent), "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1]), float(sys.argv[2])))
