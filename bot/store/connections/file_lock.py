"""A lock between processes and threads, for the writers of one SQLite file."""

import errno
import fcntl
import os
import select
import threading
import time
from contextlib import suppress
from pathlib import Path

LOST_SECONDS = 0.02  # a waiting writer looks again at least so often: a killed holder wakes nobody


class FileLock:
    """`flock` between processes, with a time-out: SQLite's own busy loop starves writers by 100–300 ms.

    Whoever gives the lock back writes a byte into a pipe beside it, so that nobody has to ask again and again. The byte
    is only a hint: the lock alone decides, and the kernel frees that of a process that died.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        """`path`: of the lock, made where it is missing; the pipe has the suffix `.turn`. `seconds`: until TimeoutError."""
        self._path = path
        self._seconds = seconds
        self._thread_lock = threading.RLock()  # that knows whose it is; taken once by a thread all the same
        self._holder: int | None = None
        self._files: tuple[int, int] | None = None  # the lock and the pipe
        self._pid = 0

    def __enter__(self) -> None:
        """An exception may come between any two steps, from a signal's handler; then nothing is held."""
        deadline = time.monotonic() + self._seconds
        if self._holder == threading.get_ident():
            raise TimeoutError("the database is busy: by this thread itself")
        try:
            if not self._thread_lock.acquire(timeout=self._seconds):
                raise TimeoutError("the database is busy")
            self._lock(deadline)
            self._holder = threading.get_ident()
        except BaseException:
            self._give_back()
            raise

    def __exit__(self, *_: object) -> None:
        assert self._files is not None
        try:
            self._unlock()
            with suppress(BlockingIOError):  # it is full: there are hints enough
                os.write(self._files[1], b".")
        finally:
            self._holder = None
            self._thread_lock.release()

    def _give_back(self) -> None:
        """What this thread holds of both locks, if anything."""
        if self._thread_lock.acquire(blocking=False):  # it is this thread's, or nobody's
            self._unlock()
            self._holder = None
            self._thread_lock.release()
            with suppress(RuntimeError):  # it was nobody's
                self._thread_lock.release()

    def _unlock(self) -> None:
        if self._files is not None and self._pid == os.getpid():
            fcntl.flock(self._files[0], fcntl.LOCK_UN)

    def close(self) -> None:
        if self._files is not None:
            for file in self._files:
                os.close(file)
            self._files = None

    def _lock(self, deadline: float) -> None:
        if self._files is None or self._pid != os.getpid():  # a forked child needs a description of its own
            self._files, self._pid = self._open(), os.getpid()
        file, pipe = self._files
        turn = select.poll()  # `select` cannot wait for a file of a high number
        turn.register(pipe, select.POLLIN)
        while not _try(file):
            with suppress(BlockingIOError):
                os.read(pipe, 65_536)  # hints of before
            if _try(file):
                return
            if time.monotonic() > deadline:
                raise TimeoutError("the database is busy")
            turn.poll(LOST_SECONDS * 1000)

    def _open(self) -> tuple[int, int]:
        pipe = self._path.with_suffix(".turn")
        with suppress(FileExistsError):
            os.mkfifo(pipe, 0o600)
        flags = os.O_RDWR | os.O_CLOEXEC
        return os.open(self._path, flags | os.O_CREAT, 0o600), os.open(pipe, flags | os.O_NONBLOCK)


def _try(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno != errno.EWOULDBLOCK:
            raise
        return False
    return True
