"""The lock of SQLite's writers: one at a time among threads and processes, with a time-out, and freed by a death."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from bot.store.connections.file_lock import LOST_SECONDS, FileLock
from config.settings import ROOT

COUNT = """
import sys, time
from pathlib import Path
from bot.store.connections.file_lock import FileLock
lock, total = FileLock(Path(sys.argv[1]), 20), Path(sys.argv[2])
for _ in range(300):
    with lock:
        seen = int(total.read_text())
        total.write_text(str(seen + 1))
"""
HOLD = """
import sys, time
from pathlib import Path
from bot.store.connections.file_lock import FileLock
with FileLock(Path(sys.argv[1]), 1):
    print("held", flush=True)
    time.sleep(60)
"""


def program(text: str, *arguments: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", text, *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE)


def test_processes_and_threads_go_one_by_one(tmp_path: Path) -> None:
    total = tmp_path / "total"
    total.write_text("0")
    own = FileLock(tmp_path / "a.lock", 20)

    def count() -> None:
        for _ in range(300):
            with own:
                total.write_text(str(int(total.read_text()) + 1))

    others = [program(COUNT, tmp_path / "a.lock", total) for _ in range(2)]
    threads = [threading.Thread(target=count) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [other.communicate()[0] for other in others] == [b"", b""]
    assert [other.returncode for other in others] == [0, 0]
    assert total.read_text() == "1200"


def test_who_waits_is_woken_at_once_and_by_a_death_soon(tmp_path: Path) -> None:
    holder, lock = program(HOLD, tmp_path / "a.lock"), FileLock(tmp_path / "a.lock", 10)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    killed = threading.Timer(0.2, lambda: os.kill(holder.pid, signal.SIGKILL))
    killed.start()
    began = time.monotonic()
    with lock:
        waited = time.monotonic() - began
    holder.communicate()
    assert waited > LOST_SECONDS, "it was held by another process"


def test_who_waits_too_long_is_told(tmp_path: Path) -> None:
    one, other = FileLock(tmp_path / "a.lock", 1), FileLock(tmp_path / "a.lock", 0.1)
    with one, pytest.raises(TimeoutError, match="busy"):
        other.__enter__()
    with other:
        pass
    one.close()
    other.close()


class Interrupted(Exception):
    """What a signal's handler raises."""


def interrupted_at(step: int, codes: set[CodeType], do: Callable[[], object]) -> bool:
    """Whether so many lines of these functions were begun, and an exception came at the last of them."""
    left = step

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        if frame.f_code not in codes:
            return None
        left -= event == "line"
        if event == "line" and left == 0:
            raise Interrupted
        return trace

    sys.settrace(trace)
    try:
        do()
    except Interrupted:
        return True
    finally:
        sys.settrace(None)
    return False


def test_an_exception_at_any_step_of_taking_it_leaves_nothing_held(tmp_path: Path) -> None:
    lock, other = FileLock(tmp_path / "a.lock", 0.2), FileLock(tmp_path / "a.lock", 0.2)
    codes = {FileLock.__enter__.__code__, FileLock._lock.__code__, FileLock._open.__code__}

    def take(taken: list[bool]) -> None:
        with lock:
            taken.append(True)

    steps = 1
    while interrupted_at(steps, codes, lock.__enter__):
        with other:
            pass  # between processes it is free
        taken: list[bool] = []
        thread = threading.Thread(target=take, args=[taken])
        thread.start()
        thread.join()
        assert taken == [True], f"step {steps}"
        steps += 1
    assert steps > 8
    lock.__exit__()


def test_a_thread_that_has_it_does_not_get_it_twice(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "a.lock", 0.2)
    with lock:
        with pytest.raises(TimeoutError, match="itself"):
            lock.__enter__()
        with pytest.raises(TimeoutError, match="busy"):
            FileLock(tmp_path / "a.lock", 0.1).__enter__()
    with FileLock(tmp_path / "a.lock", 0.1):
        pass
