"""Runs the sandbox: in this process, or in another one for the length of a test."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import requests
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from tests.sandbox.client import Sandbox
from tests.sandbox.options import Options, to_environ

THREADS = 128  # for more than a hundred requests at once, also while a fault delays them
IDLE_MS = 3600 * 1000  # of an idle connection; the server's own 30 s might end just as a caller uses it again
START_SECONDS, STOP_SECONDS = 20, 10
ROOT = Path(__file__).resolve().parents[2]


def serve(options: Options) -> None:
    """Serve until SIGTERM or Ctrl-C. All state is in memory, so there is one worker process."""
    os.environ.update(to_environ(options))
    Granian(
        "tests.sandbox.app:from_environment", options.host, options.port, interface=Interfaces.WSGI, factory=True,
        workers=1, blocking_threads=THREADS, backpressure=4 * THREADS, http=HTTPModes.http1, websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=IDLE_MS), log_enabled=False, working_dir=ROOT,
        workers_kill_timeout=2,
    ).serve()  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(options: Options) -> Iterator[Sandbox]:
    """A sandbox in a process of its own, on a free port when `options.port` is 0."""
    chosen = replace(options, port=options.port or free_port())
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.sandbox"],
        cwd=ROOT,
        env={**os.environ, **to_environ(chosen)},
        start_new_session=True,
    )
    try:
        with Sandbox(f"http://{chosen.host}:{chosen.port}") as sandbox:
            _wait_for(sandbox, process)
            yield sandbox
    finally:
        _stop(process)


def _wait_for(sandbox: Sandbox, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            sandbox.counters()
            return
        except requests.ConnectionError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the sandbox did not start on {sandbox.base_url}") from None
            time.sleep(0.05)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
