"""What the platform answered and the database does not know yet, in a file that outlives its process.

Answers are committed in groups. Each is first appended to the file of its worker, before the worker sends anything else: the
page cache keeps it however the process ends. Whoever sends next on this host records what ended processes left, before it
takes notices whose lease has run out. A power cut may lose the last lines, and another host does not see the file: there only
the lease helps.
"""

import fcntl
import json
import logging
import os
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from bot.store.connections import private_files
from bot.store.connections.file_lock import FileLock
from bot.store.sending.attempts import Attempt, Outcome
from bot.store.sending.notice_reports import Report

log = logging.getLogger(__name__)

FOLDER = "journal"  # under VAR_DIR
ENDING = ".answers"
MOST_BYTES = 4 << 20  # of one run, about 20,000 notices; then another one begins with an empty file
TURN_SECONDS = 5.0  # for another worker that is just recording what was left

Noted = tuple[datetime, Report]  # when the notice was written, and what became of it


class Journal:
    """One object a process; safe for its threads. The lock on its file ends with the process: what is not locked was left."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._turn = FileLock(folder / "settling.lock", TURN_SECONDS)
        self._path: Path | None = None
        self._file = -1
        self._bytes = 0
        self._failing = False

    @property
    def is_full(self) -> bool:
        """Whether the run should end, so that the file begins anew."""
        return self._bytes > MOST_BYTES

    def note(self, written_at: datetime, report: Report) -> None:
        """Append it where the notice may have been told. A full disk does not keep anybody from being told: then a killed
        process tells again what was not committed."""
        if not report.may_be_told:
            return
        line = _line(written_at, report)
        with self._lock:
            failed_before = self._failing
            try:
                self._append(line)
                self._failing = False
            except OSError as error:
                self._failing = True
                if not failed_before:
                    log.error("answers are not noted: killed now, this worker would tell some people twice: %s", error)

    def _append(self, line: bytes) -> None:
        if self._path is None:
            self._open()
        is_whole = os.write(self._file, line) == len(line)
        self._bytes += len(line)
        if not is_whole:
            raise OSError("no room for a whole line")

    def end(self, *, recorded: bool) -> None:
        """A run has ended. Where not all of it is `recorded`, the file is left for whoever sends next."""
        if self._path is None or not recorded:
            self._leave()
        elif self._bytes:
            os.ftruncate(self._file, 0)
        self._bytes = 0

    def close(self) -> None:
        """The process ends in good order."""
        if self._path is not None and not self._bytes:
            self._path.unlink(missing_ok=True)
        self._leave()
        self._turn.close()

    @contextmanager
    def left(self) -> Iterator[Sequence[Noted]]:
        """What ended processes noted; their files are deleted when the block ends without an error. One worker at a time:
        TimeoutError where another one takes too long."""
        if not any(path != self._path for path in self._files()):
            yield ()
            return
        with self._turn, ExitStack() as stack:
            files = [file for path in self._files() if (file := _taken(path))]
            for file in files:
                stack.callback(file.close)
            yield [noted for file in files for noted in _read(file)]
            for file in files:
                Path(file.name).unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob(f"*{ENDING}"))

    def _open(self) -> None:
        private_files.folder(self._folder)
        while self._path is None:
            path = self._folder / f"{os.getpid()}-{secrets.token_hex(4)}{ENDING}"
            self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._file, fcntl.LOCK_EX)
            if os.fstat(self._file).st_nlink:  # else another worker found it unlocked and deleted it
                self._path = path
            else:
                os.close(self._file)

    def _leave(self) -> None:
        if self._path is not None:
            os.close(self._file)
            self._path = None


def _taken(path: Path) -> BinaryIO | None:
    """The file, locked; None where its process lives, or it is gone."""
    with suppress(FileNotFoundError):
        file = path.open("rb")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        except BlockingIOError:
            file.close()
    return None


def _line(written_at: datetime, report: Report) -> bytes:
    """It begins with the line end: what follows a line that found no room stands on a line of its own."""
    made = [
        (one.at.isoformat(), one.channel, one.outcome.value, one.code, one.message_id, one.detail)
        for one in report.attempts
    ]
    due_at = report.due_at and report.due_at.isoformat()
    fields = (
        report.notice_id, report.person_id, report.state, report.taken, report.tries, report.reason, due_at, made,
        report.person, report.spent, report.messages, report.need, report.refused_template, report.is_digest,
    )  # fmt: skip
    return b"\n" + json.dumps((written_at.isoformat(), *fields)).encode()


def _read(file: BinaryIO) -> Iterator[Noted]:
    """The whole lines; one that was broken off is passed over."""
    for line in file:
        with suppress(ValueError, TypeError, LookupError):
            at, notice, person, state, taken, tries, reason, due_at, made, *rest = json.loads(line)
            due = datetime.fromisoformat(due_at) if due_at else None
            attempts = [
                Attempt(datetime.fromisoformat(tried), channel, Outcome(outcome), *more) for tried, channel, outcome, *more in made
            ]  # fmt: skip
            yield datetime.fromisoformat(at), Report(notice, person, state, taken, tries, reason, due, attempts, *rest)
