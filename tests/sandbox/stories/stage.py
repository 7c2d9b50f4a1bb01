"""The sandbox's side of the empty office that a story is told in: starts it, asks it, ends it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from config.settings import ROOT
from tests.sandbox.options import Options, to_environ

STOP_SECONDS = 30


class NoOffice(Exception):
    """The office did not start, or has ended."""


class Stage:
    """A process of `tests.sandbox.stories.office`. `wait_until_ready` comes first; `end` may be called at any time, by any thread."""

    def __init__(self, options: Options) -> None:
        self.service = ""
        self.codes: Mapping[str, str] = {}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.sandbox.stories.office"], cwd=ROOT, env={**os.environ, **to_environ(options)},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def wait_until_ready(self) -> None:
        """Sets the webhook's address and the bind codes by name. Raises NoOffice."""
        ready = self._read()
        self.service, self.codes = str(ready["service"]), dict(ready["codes"])

    def held(self, code: str) -> list[str]:
        """What an order has (story_orders.py); empty where there is none. Raises NoOffice."""
        return list(self._ask(code))

    def count(self) -> int:
        """How many orders there are. Raises NoOffice."""
        return int(self._ask("count"))

    def _ask(self, what: str) -> Any:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{what}\n")
            self._process.stdin.flush()
        except (OSError, ValueError) as error:
            raise NoOffice("the office has ended") from error
        return self._read()

    def end(self) -> None:
        """End the office and all its processes; its data is thrown away."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        self._wait()

    def hang_up(self) -> None:
        """End it as when this process ends: its standard input closes."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._wait()

    def _wait(self) -> None:
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            with suppress(OSError):  # what was to be written is wanted by nobody
                stream.close()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        try:
            line = self._process.stdout.readline()
        except (OSError, ValueError) as error:
            raise NoOffice("the office has ended") from error
        if not line:
            raise NoOffice("the office has ended")
        return json.loads(line)
