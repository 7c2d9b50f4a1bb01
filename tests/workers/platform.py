"""A small platform for the workers' tests: real HTTP, counts what it took, answers what it is told to.

The sandbox (tests/sandbox) is the platform of all other tests. This one stays for what happens on the wire itself
(a connection closed too early, half an answer, one exact error text, a file that is none), and for counting
thousands of sends inside the test's own process.
"""

import json
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

Answer = dict[str, Any] | int | bytes  # JSON, an HTTP status, or the bytes of a file


@dataclass
class FakePlatform:
    """`answers` are given first to what is sent, in turn; then everything is taken."""

    latency: float = 0.0
    delays: deque[float] = field(default_factory=deque)  # of the next requests, besides
    slow: dict[str, float] = field(default_factory=dict)  # word in a request's body -> seconds, besides
    connections: int = 0
    breaks_off: bool = False  # in the middle of each answer
    hangs_up: bool = False  # after each answer
    answers: deque[Answer | Callable[[], Answer]] = field(default_factory=deque)
    sent: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # (path, body) of what was taken
    calls: Counter[str] = field(default_factory=Counter)
    token: str = "token-1"
    valid: set[str] = field(default_factory=lambda: {"token-1"})
    forced: int = 0
    secret_refused: bool = False
    media: dict[str, Answer] = field(default_factory=dict)
    known_ids: dict[tuple[str, str], int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, path: str, text: str) -> None:
        """As long as this request is to wait."""
        is_token = path.endswith("token")
        if self.latency and not is_token:
            time.sleep(self.latency)
        if self.delays and not is_token:
            time.sleep(self.delays.popleft())
        time.sleep(sum(seconds for word, seconds in self.slow.items() if word in text))

    def answer(self, path: str, query: dict[str, list[str]], body: dict[str, Any]) -> Answer:
        with self.lock:
            self.calls[path] += 1
            if path == "/cgi-bin/stable_token":
                return self._stable_token(body)
            if path in self.media:
                return self.media[path]
            if query.get("access_token", [""])[0] not in self.valid:
                return {"errcode": 40001, "errmsg": "invalid credential, access_token is invalid or not latest"}
            if path == "/cgi-bin/media/get":
                return self.media[query["media_id"][0]]
            if self.answers:
                found = self.answers.popleft()
                return found() if callable(found) else found
            return self._take(path, body)

    def _stable_token(self, body: dict[str, Any]) -> Answer:
        if self.secret_refused:
            return {"errcode": 40001, "errmsg": "invalid appsecret"}
        if body["force_refresh"]:
            self.forced += 1
            self.token = f"token-forced-{self.forced}"
            self.valid = {self.token}
        return {"access_token": self.token, "expires_in": 7200}

    def _take(self, path: str, body: dict[str, Any]) -> Answer:
        """Template messages with a client_msg_id are taken once; everything else as often as it comes."""
        key = (body.get("touser", ""), body.get("client_msg_id", ""))
        if key[1] and key in self.known_ids:
            return {"errcode": 0, "errmsg": "ok", "msgid": self.known_ids[key]}
        self.sent.append((path, body))
        self.known_ids[key] = 4000000000000000000 + len(self.sent)
        return {"errcode": 0, "errmsg": "ok", "msgid": self.known_ids[key]}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A worker that was killed leaves its connections; that is no error here."""


def serve(platform: FakePlatform) -> ThreadingHTTPServer:
    """A running server; its address is `server_address`."""
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"platform": platform}))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    return server


class _Handler(BaseHTTPRequestHandler):
    platform: FakePlatform
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def setup(self) -> None:
        super().setup()
        self.platform.connections += 1

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""

    def do_GET(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        data = self.rfile.read(length)
        if len(data) < length:  # its sender was killed: half a request is no request
            self.close_connection = True
            return
        address = urlparse(self.path)
        self.platform.wait(address.path, data.decode(errors="replace"))
        try:
            found = self.platform.answer(address.path, parse_qs(address.query), json.loads(data) if data else {})
        except ConnectionAbortedError:
            self.close_connection = True
            return
        self._write(found)

    def _write(self, found: Answer) -> None:
        content = found if isinstance(found, bytes) else json.dumps(found).encode()
        self.send_response(found if isinstance(found, int) else 200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        breaks_off = self.platform.breaks_off
        self.wfile.write(content[: len(content) // 2] if breaks_off else content)
        # Without a word of it, as a server that is tired of waiting.
        self.close_connection = self.platform.hangs_up or breaks_off
