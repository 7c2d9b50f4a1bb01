"""The whole of `make run` for a test: its own folder and ports, and the sandbox with the demo roster in front of it."""

import csv
import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.demo import roster
from config.settings import FIELDS, ROOT
from tests.sandbox.client import Sandbox
from tests.sandbox.server import free_port

READY, READY_SECONDS, STOP_SECONDS = "梧桐已就绪", 120, 20


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo."""

    sandbox: Sandbox
    environ: dict[str, str]

    def bind(self, name: str) -> None:
        """Bind this person with the code that the sandbox offers; who has no phone there gets one and a new code."""
        user = next((user for user in self.sandbox.users() if user["name"] == name), None)
        openid = user["openid"] if user else self.sandbox.new_user(name=name)
        words = user["suggestions"][0] if user else f"绑定 {self._code(name)}"
        said = self.sandbox.say(openid, words).text
        assert "绑定成功" in said, said

    def _code(self, name: str) -> str:
        phone = next(row["手机号"] for row in csv.DictReader(io.StringIO(roster())) if row["姓名"] == name)
        flask = [str(Path(sys.executable).parent / "flask"), "--app", "bot.app", "roster", "code", phone]
        return subprocess.run(
            flask, cwd=ROOT, env=self.environ, capture_output=True, text=True, check=True
        ).stdout.strip()


@contextmanager
def running(folder: Path) -> Iterator[Demo]:
    """As a newcomer starts it, in an empty folder; ended as by Ctrl-C."""
    own = {name.upper() for name in FIELDS}
    environ = {name: value for name, value in os.environ.items() if name not in own}
    port, sandbox_port = free_port(), free_port()
    environ |= {"VAR_DIR": str(folder), "PORT": str(port), "SANDBOX_PORT": str(sandbox_port)}
    log = folder / "run.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.sandbox.run"], cwd=ROOT, env=environ, stdout=out, stderr=out
        )
    try:
        _wait(process, log)
        kept = dict(line.split("=", 1) for line in (folder / "sandbox.env").read_text().splitlines())
        with Sandbox(f"http://127.0.0.1:{sandbox_port}") as sandbox:
            yield Demo(sandbox, {**environ, **kept})
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(STOP_SECONDS)


def _wait(process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until it says that it is ready. AssertionError with its last words where it ended instead."""
    pause = threading.Event()
    for _ in range(READY_SECONDS * 10):
        if READY in log.read_text():
            return
        assert process.poll() is None, log.read_text()[-2000:]
        pause.wait(0.1)
    raise AssertionError(log.read_text()[-2000:])
