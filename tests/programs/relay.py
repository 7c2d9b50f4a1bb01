"""A relay before servers of a test: connections in turn to one of several, or to nowhere while it is silent."""

import itertools
import select
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

Address = Any  # a unix socket's path, or (host, port)


class Relay:
    """Passes bytes between `front` and the next of `backs`; while `silent` is set they vanish, connections stay."""

    def __init__(self, front: socket.socket, backs: Sequence[Address]) -> None:
        self.silent = threading.Event()
        self._backs = itertools.cycle(backs)
        self._open: list[socket.socket] = [front]
        front.listen(128)
        threading.Thread(target=self._accept, args=(front,), daemon=True).start()

    def _accept(self, front: socket.socket) -> None:
        with suppress(OSError):  # closed at the end of the test
            while True:
                ours, _ = front.accept()
                theirs = socket.socket(front.family, socket.SOCK_STREAM)
                self._open += [ours, theirs]
                try:
                    theirs.connect(next(self._backs))
                except OSError:  # that server is down
                    ours.close()
                    continue
                threading.Thread(target=self._pass, args=(ours, theirs), daemon=True).start()

    def _pass(self, ours: socket.socket, theirs: socket.socket) -> None:
        other = {ours: theirs, theirs: ours}
        with suppress(OSError, ValueError):
            while True:
                for ready in select.select(list(other), [], [])[0]:
                    data = ready.recv(65536)
                    if not data:
                        other[ready].close()
                        ready.close()
                        return
                    if not self.silent.is_set():
                        other[ready].sendall(data)

    def close(self) -> None:
        for each in self._open:
            each.close()


@contextmanager
def before(backs: Sequence[Address], path: str = "") -> Iterator[tuple[Relay, Address]]:
    """A relay at the unix socket `path`, or on a free local port; with its address."""
    front = socket.socket(socket.AF_UNIX if path else socket.AF_INET, socket.SOCK_STREAM)
    front.bind(path or ("127.0.0.1", 0))
    relay = Relay(front, backs)
    try:
        yield relay, front.getsockname()
    finally:
        relay.close()
