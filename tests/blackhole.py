"""A server's unix socket behind which everything can go silent: connections stay, nothing comes back any more."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class BlackHole:
    """Passes bytes between `front` and `back` until `silent` is set."""

    def __init__(self, front: Path, back: Path) -> None:
        self.silent = threading.Event()
        self._back = back
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(front))
        self._listener.listen(16)
        self._open: list[socket.socket] = [self._listener]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):  # closed at the end of the test
            while True:
                ours, _ = self._listener.accept()
                theirs = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                theirs.connect(str(self._back))
                self._open += [ours, theirs]
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
def before(back: Path, front: Path) -> Iterator[BlackHole]:
    """A black hole at `front` before the socket `back`."""
    hole = BlackHole(front, back)
    try:
        yield hole
    finally:
        hole.close()
