"""No answer leaves before its message is on the disk, and several messages share the way there."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.store import migrate
from bot.store.connections.group_commit import GroupCommit
from bot.store.connections.write_ahead_log import WriteAheadLog
from tests.conftest import ENVIRONMENT
from tests.programs.tracing import Call, traced
from tests.serving import answering

MESSAGES = 4


@contextmanager
def web_process(folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """`tests.serving.answering` on a new database, ready."""
    database = f"sqlite:///{folder / 'a.db'}"
    migrate.upgrade(database)
    environment = {
        **os.environ, **ENVIRONMENT, "DATABASE_URL": database, "VAR_DIR": str(folder), "REDIS_URL": "redis://127.0.0.1:1/0",
        "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    marks = [os.open(folder / name, os.O_WRONLY | os.O_CREAT) for name in ("committed", "answered")]

    def pass_marks() -> None:
        for mark, number in zip(marks, (answering.COMMITTED, answering.ANSWERED), strict=True):
            os.dup2(mark, number)

    command = [sys.executable, "-m", "tests.serving.answering", str(MESSAGES)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, preexec_fn=pass_marks, close_fds=False
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        try:
            yield process
        finally:
            process.kill()
            for mark in marks:
                os.close(mark)


def read(pid: int, call: Call) -> str:
    """The name of the file that the call is about."""
    try:
        return os.readlink(f"/proc/{pid}/fd/{call.arguments[0]}")
    except OSError:
        return ""


def test_no_reply_leaves_before_a_sync_of_the_log_that_began_after_its_message_was_written(tmp_path: Path) -> None:
    written: dict[int, int] = {}  # by thread: when it last wrote to the log
    begun: dict[int, int] = {}  # by thread: when its sync of the log began
    synced: list[tuple[int, int]] = []  # from, to
    committed: list[int] = []  # in the order of the messages' commits: when the last byte of each was written
    answered: list[int] = []  # when
    order: dict[str, list[str]] = {}
    with web_process(tmp_path) as process, traced(process.pid) as calls:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
        for at, call in enumerate(calls):
            if call.name not in ("pwrite64", "fdatasync", "write"):
                continue
            file = read(process.pid, call)
            if call.name == "pwrite64" and file.endswith("-wal") and call.result is not None:
                written[call.thread] = at
            elif call.name == "fdatasync" and file.endswith("-wal"):
                if call.result is None:
                    begun[call.thread] = at
                else:
                    assert call.result == 0
                    synced.append((begun[call.thread], at))
            elif call.name == "write" and call.result is None and file == str(tmp_path / "committed"):
                committed.append(written[call.thread])
            elif call.name == "write" and call.result is None and file == str(tmp_path / "answered"):
                answered.append(at)
                if len(answered) == MESSAGES:
                    break
        for name in ("committed", "answered"):
            order[name] = (tmp_path / name).read_text().split()
    answered_at = dict(zip(order["answered"], answered, strict=False))
    assert len(answered) == MESSAGES
    assert len(committed) == MESSAGES
    for number, at in zip(order["committed"], committed, strict=True):
        leaves = answered_at.get(number, answered[-1])  # the last answer was not written yet
        assert any(at < begins and ends < leaves for begins, ends in synced), f"message {number}"


class Disk:
    """Counts syncs; each waits until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go, self.count = threading.Semaphore(0), threading.Semaphore(0), 0

    def sync(self) -> None:
        self.count += 1
        self.begun.release()
        assert self.go.acquire(timeout=10)


def test_commits_that_come_while_the_disk_is_busy_share_the_next_sync() -> None:
    disk = Disk()
    commits = GroupCommit(disk.sync)

    def commit() -> None:
        commits.note()
        commits.wait()

    threads = [threading.Thread(target=commit) for _ in range(9)]
    threads[0].start()
    assert disk.begun.acquire(timeout=10)
    for thread in threads[1:]:
        thread.start()
    while commits._committed < 9:  # the others have noted their commits
        pass
    assert not commits.is_durable
    disk.go.release(2)
    for thread in threads:
        thread.join(10)
    assert disk.count == 2
    assert commits.is_durable


def test_a_sync_that_fails_leaves_all_that_waits_for_the_next_one() -> None:
    failing = [OSError("no space"), None]

    def sync() -> None:
        error = failing.pop(0)
        if error is not None:
            raise error

    commits = GroupCommit(sync)
    commits.note()
    with pytest.raises(OSError, match="no space"):
        commits.wait()
    assert not commits.is_durable
    commits.wait()
    assert commits.is_durable
    commits.wait()
    assert failing == []


def test_a_log_that_was_made_anew_is_synced_and_one_that_is_gone_needs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db-wal"
    log = WriteAheadLog(tmp_path / "a.db")
    log.sync()
    assert log._file is None
    path.write_bytes(b"one")
    log.sync()
    first = os.fstat(log._file or 0)
    path.rename(tmp_path / "old")
    path.write_bytes(b"two")
    log.sync()
    assert not os.path.samestat(first, os.fstat(log._file or 0))
    assert os.path.samestat(path.stat(), os.fstat(log._file or 0))
    log.close()
