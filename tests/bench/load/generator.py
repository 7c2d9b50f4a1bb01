"""The load generator, a process of its own: `python -m tests.bench.load.generator` reads a load as JSON and writes what came.

Every connection sends a user's messages one after the other and waits for each answer. All requests are made before
the clock starts, so that a message costs the generator little; how much is part of the result.
"""

import itertools
import json
import math
import re
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from tests.bench.load.conversations import Message, users

MOST_A_SECOND = 12_000  # messages made beforehand for each second
PATIENCE = 5.0  # seconds: as long as the platform waits
CODE = re.compile("单号".encode() + rb"\D{0,6}\d{6,8}")


@dataclass(frozen=True, slots=True)
class Load:
    """What to send. `series` makes users and messages new."""

    port: int
    connections: int
    seconds: float
    series: int
    token: str


@dataclass(slots=True)
class Result:
    """What came back. Times in milliseconds; `placed`: requests whose answer names an order; `busy`: share of a core used here."""

    rate: float = 0.0
    p50: float = 0.0
    p99: float = 0.0
    answered: int = 0
    requests: int = 0
    placed: int = 0
    bad: int = 0
    busy: float = 0.0
    first_bad: str = ""


@dataclass(slots=True)
class Connection:
    """One connection with the message that it waits for."""

    talk: Iterator[Message]
    socket: socket.socket
    message: Message | None = None
    sent_at: float = 0.0
    received: bytes = b""


@dataclass(slots=True)
class Generator:
    """Sends until time is over and an answer has come, then waits for the answers that are still on their way."""

    load: Load
    talks: Iterator[list[Message]]
    result: Result = field(default_factory=Result)
    times: list[float] = field(default_factory=list)
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def run(self) -> Result:
        connections = [Connection(iter(()), self._connect()) for _ in range(self.load.connections)]
        cpu, start = time.process_time(), time.perf_counter()
        end = start + self.load.seconds
        for connection in connections:
            self.selector.register(connection.socket, selectors.EVENT_READ, connection)
            self._send_next(connection)
        while (now := time.perf_counter()) < (end if self.times else end + PATIENCE):
            for key, _ in self.selector.select(max(end - now, 0.01)):
                if self._receive(key.data):
                    self._send_next(key.data)
        self.result.rate = len(self.times) / (now - start)
        self.result.busy = (time.process_time() - cpu) / (now - start)
        self._wait_for_the_rest(connections)
        self._note_times()
        return self.result

    def _connect(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.load.port), PATIENCE)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def _send_next(self, connection: Connection) -> None:
        message = next(connection.talk, None)
        if message is None:
            connection.talk = iter(next(self.talks))
            message = next(connection.talk)
        connection.message, connection.received = message, b""
        connection.sent_at = time.perf_counter()
        connection.socket.sendall(message.raw)

    def _receive(self, connection: Connection) -> bool:
        """Whether the answer is whole. A connection that the server closed is opened anew."""
        try:
            data = connection.socket.recv(65536)
        except OSError:
            data = b""
        connection.received += data
        head, found, content = connection.received.partition(b"\r\n\r\n")
        lower = head.lower()
        if data and not (found and len(content) >= _length(lower)):
            return False
        self._note(connection, head, content)
        if not data or b"connection: close" in lower:
            self.selector.unregister(connection.socket)
            connection.socket.close()
            connection.socket = self._connect()
            self.selector.register(connection.socket, selectors.EVENT_READ, connection)
        return True

    def _note(self, connection: Connection, head: bytes, content: bytes) -> None:
        self.times.append(time.perf_counter() - connection.sent_at)
        assert connection.message is not None
        if head[9:12] != b"200" or connection.message.sender not in content:
            self.result.bad += 1
            self.result.first_bad = self.result.first_bad or (head[:80] + b" | " + content[:200]).decode(
                "utf-8", "replace"
            )
        if connection.message.places:
            self.result.requests += 1
            self.result.placed += CODE.search(content) is not None
        connection.message = None

    def _wait_for_the_rest(self, connections: list[Connection]) -> None:
        deadline = time.perf_counter() + PATIENCE
        while any(each.message for each in connections) and (now := time.perf_counter()) < deadline:
            for key, _ in self.selector.select(deadline - now):
                if key.data.message:
                    self._receive(key.data)
        self.result.bad += sum(each.message is not None for each in connections)

    def _note_times(self) -> None:
        self.result.answered = len(self.times)
        ordered = sorted(self.times)
        self.result.p50, self.result.p99 = (
            1000 * ordered[math.ceil(share * len(ordered)) - 1] for share in (0.5, 0.99)
        )


def _length(head: bytes) -> int:
    _, found, rest = head.partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0


def send(load: Load) -> Result:
    """Run the generator in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", __name__], input=json.dumps(asdict(load)), capture_output=True, text=True, check=False,
        timeout=load.seconds + 60,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the load generator failed: {done.stderr[-1000:]}")
    return Result(**json.loads(done.stdout))


def main() -> None:
    load = Load(**json.load(sys.stdin))
    count = load.connections + math.ceil(load.seconds * MOST_A_SECOND / 4)
    made = list(itertools.islice(users(load.series, load.token, f"127.0.0.1:{load.port}"), count))
    print(json.dumps(asdict(Generator(load, iter(made)).run())))


if __name__ == "__main__":
    main()
