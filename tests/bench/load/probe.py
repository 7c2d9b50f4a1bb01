"""How long the webhook takes for single messages while something else goes on."""

import http.client
import math
import threading
import time
from typing import Self

from tests.bench.load import conversations

EVERY_SECONDS = 0.025
PATIENCE = 5.0  # seconds: as long as the platform waits


class Probe:
    """Sends a message of a new person again and again, from a thread of its own, while the context lasts."""

    def __init__(self, port: int, token: str, series: int) -> None:
        """`series` makes the people new."""
        self._port, self._token, self._series = port, token, series
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.times: list[float] = []  # milliseconds until each answer

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def p99(self) -> float:
        """Milliseconds."""
        return sorted(self.times)[math.ceil(len(self.times) * 0.99) - 1]

    def _run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        number = self._series * 1_000_000
        while not self.times or not self._ended.wait(EVERY_SECONDS):
            number += 1
            content = conversations.body(f"o_probe_{number}", conversations.HELP, number)
            began = time.perf_counter()
            connection.request("POST", f"/wechat?{conversations.signed(self._token, str(number))}", content)
            answer = connection.getresponse()
            answer.read()
            self.times.append((time.perf_counter() - began) * 1000)
            assert answer.status == 200, answer.status
        connection.close()
