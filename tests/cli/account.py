"""A platform that answers `setup` and `doctor`, and an address that answers the platform's check: one small HTTP server."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

TEMPLATE = {"template_id": "T-1", "content": "单号：{{character_string1.DATA}}\n事项：{{thing2.DATA}}"}


@dataclass
class Account:
    """`token`: the answer to who signs in; `templates`: those of the account; `skew`: seconds its clock is ahead."""

    port: int = 0
    token: dict[str, Any] = field(default_factory=lambda: {"access_token": "A-SECRET-TOKEN", "expires_in": 7200})
    templates: list[dict[str, str]] = field(default_factory=lambda: [TEMPLATE])
    skew: float = 0.0
    asked: list[str] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, path: str, query: dict[str, list[str]]) -> bytes:
        self.asked.append(path)
        if path == "/cgi-bin/stable_token":
            return json.dumps(self.token).encode()
        if path == "/cgi-bin/template/get_all_private_template":
            return json.dumps({"template_list": self.templates}).encode()
        if path == "/wechat":
            return query["echostr"][0].encode()
        return b"?"


@contextmanager
def running() -> Iterator[Account]:
    """The server, for the length of a test."""
    account = Account()

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlparse(self.path)
            body = account.answer(parts.path, parse_qs(parts.query))
            self.send_response_only(200)
            self.send_header("Date", formatdate(time.time() + account.skew, usegmt=True))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = _do

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    account.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield account
    server.shutdown()
    thread.join()
    server.server_close()
