"""The Procfile's processes as programs, for tests and the bench: started, killed, stopped, waited for."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import requests

from config.settings import ROOT, Settings

WAIT_SECONDS = 60  # longer than a killed worker's lease, with a busy machine's start
STOP_SECONDS = 20


@dataclass
class Processes:
    """An installation's processes. `web2` and `worker2` are second copies; `webs` are their ports."""

    settings: Settings
    environ: dict[str, str]
    webs: list[int]
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    prefix: tuple[str, ...] = ()  # of each command, such as `ip netns exec NAME`
    logs: Path | None = None  # the folder of what they print; None: VAR_DIR

    def start(self, name: str, **environ: str) -> None:
        """`web`, `web2`, `worker`, `worker2` or `clock`."""
        commands = dict(line.split(":", 1) for line in (ROOT / "Procfile").read_text().splitlines())
        with self._log(name).open("ab") as log:
            self.running[name] = subprocess.Popen(
                [*self.prefix, "/bin/sh", "-c", commands[name.rstrip("2")].strip()], cwd=ROOT, env={**self.environ, **environ},
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def start_webs(self) -> None:
        for number, port in enumerate(self.webs):
            self.start("web2" if number else "web", PORT=str(port))

    def kill(self, name: str) -> None:
        """As a power cut would."""
        os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running.pop(name).wait()

    def kill_all(self) -> None:
        for name in list(self.running):
            self.kill(name)

    def stop(self) -> dict[str, int]:
        """Ask all to end; their exit codes."""
        for process in self.running.values():
            os.killpg(process.pid, signal.SIGTERM)
        codes = {name: process.wait(STOP_SECONDS) for name, process in self.running.items()}
        self.running.clear()
        return codes

    def eventually(self, check: Callable[[], object]) -> None:
        """Wait until it is true. AssertionError with the ends of the logs when time is over or a process has died."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not check():
            logs = "\n".join(f"{name}: {self.log_of(name)[-1500:]}" for name in self.running)
            assert time.monotonic() < deadline, logs
            assert all(process.poll() is None for process in self.running.values()), logs
            time.sleep(0.1)

    def log_of(self, name: str) -> str:
        return self._log(name).read_text()

    def _log(self, name: str) -> Path:
        return (self.logs or self.settings.var_dir) / f"{name}.log"

    def ready(self) -> bool:
        """Whether every web process answers and has what it needs."""
        try:
            return all(requests.get(f"http://127.0.0.1:{port}/readyz", timeout=2).ok for port in self.webs)
        except requests.RequestException:
            return False
