"""The lock of SQLite's writers: one at a time among threads and processes, with a time-out, and freed by a death."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bot.store.file_lock import LOST_SECONDS, FileLock
from config.settings import ROOT

COUNT = """
import sys, time
from pathlib import Path
from bot.store.file_lock import FileLock
lock, total = FileLock(Path(sys.argv[1]), 20), Path(sys.argv[2])
for _ in range(300):
    with lock:
        seen = int(total.read_text())
        total.write_text(str(seen + 1))
"""
HOLD = """
import sys, time
from pathlib import Path
from bot.store.file_lock import FileLock
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
