"""The service in this process, called as a web server calls it; its CPU time and statements are counted."""

import io
import itertools
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median_low
from typing import Any

from flask import Flask

from bot.app import create_app
from config.settings import load
from tests.bench.installation import CAST, TOKEN, Ground, ground
from tests.bench.load import conversations
from tests.bench.measured.processes import cpu_seconds
from tests.bench.measured.statements import Counter, counting
from tests.conftest import ENVIRONMENT
from tests.rosters import import_roster

CODE = re.compile(r"单号\D{0,6}(\d{6,8})")
STAFF, ADMIN = "o_bench_staff", "o_bench_admin"
MEMBERS = {f"党员{number:03}": f"o_bench_member_{number}" for number in range(1, 41)}  # nobody may hold many orders
_ids = itertools.count(8_000_000_001)


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds of one call: of this process, of the database's server; and statements."""

    client: float
    server: float
    statements: int

    @property
    def total(self) -> float:
        return self.client + self.server


@dataclass(slots=True)
class Caller:
    """A WSGI application and what its calls cost. `server`: the parent of the database's processes, None without."""

    app: Flask
    counter: Counter = field(default_factory=Counter)
    server: int | None = None
    last: tuple[str, bytes] = ("", b"")

    def call(self, method: str, path: str, query: str = "", body: bytes = b"", **headers: str) -> tuple[int, str]:
        """(status, body) of one request."""
        status: list[str] = []

        def start(head: str, *_: Any) -> Callable[[bytes], object]:
            status.append(head)
            return lambda _: None

        environ = {
            "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "text/xml", "CONTENT_LENGTH": str(len(body)), "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False, **headers,
        }  # fmt: skip
        answer = self.app(environ, start)
        content = b"".join(answer).decode("utf-8")
        if close := getattr(answer, "close", None):
            close()
        return int(status[0][:3]), content

    def say(self, openid: str, text: str) -> str:
        """The answer to a new message. AssertionError where it is no 200."""
        number = next(_ids)
        self.last = conversations.signed(TOKEN, str(number)), conversations.body(openid, text, number)
        return self.again()

    def again(self) -> str:
        """The last message once more, as the platform repeats one whose answer was lost."""
        status, answer = self.call("POST", "/wechat", *self.last)
        assert status == 200, f"HTTP {status}: {answer}"
        return answer

    def command(self, *words: str) -> str:
        """What `flask --app bot.app …` prints."""
        done = self.app.test_cli_runner().invoke(args=words)
        assert done.exit_code == 0, done.output
        return done.output.strip()

    def cost(self, actions: Sequence[Callable[[], object]]) -> Cost:
        """Of one of these actions: time on average, statements of the one in the middle, since now and then one also loads anew
        what is kept for a while."""
        statements, server, client = [self.counter.total], self._server_seconds(), time.process_time()
        for action in actions:
            action()
            statements.append(self.counter.total)
        client, server = time.process_time() - client, self._server_seconds() - server
        count = len(actions)
        each = median_low(after - before for before, after in pairwise(statements))
        return Cost(1000 * client / count, 1000 * server / count, each)

    def _server_seconds(self) -> float:
        return cpu_seconds([self.server]) if self.server is not None else 0.0


@contextmanager
def service(kind: str) -> Iterator[tuple[Caller, Ground]]:
    """Our application on a database of this kind, with staff, an administrator and members bound."""
    with ground(kind) as base, opened(base) as caller:
        bind(caller, base)
        yield caller, base


def bind(caller: Caller, base: Ground) -> None:
    """Staff, an administrator and members of the roster, bound."""
    file = base.folder / "cast.csv"
    members = [f"党员,{name},139000{n:05},陈桥社区,网格01,," for n, name in enumerate(MEMBERS)]
    file.write_text(CAST + "\n".join(members), "utf-8")
    rows = import_roster(caller.app.extensions["office"], file, datetime.now(UTC))
    codes = {row["name"]: row["bind_code"] for row in rows}
    for name, openid in {"陈桥甲": STAFF, "办事处甲": ADMIN, **MEMBERS}.items():
        assert "绑定成功" in caller.say(openid, f"绑定 {codes[name]}")


def environment(base: Ground) -> dict[str, str]:
    """The environment of every process on this ground."""
    return {
        **ENVIRONMENT, "DATABASE_URL": base.database, "REDIS_URL": base.redis, "VAR_DIR": str(base.folder),
        "LOG_LEVEL": "ERROR", "MESSAGES_PER_MINUTE": "1000000",
    }  # fmt: skip


@contextmanager
def opened(base: Ground) -> Iterator[Caller]:
    """Our application on this ground."""
    with counting() as counter:
        app = create_app(load(environment(base)))
        try:
            yield Caller(app, counter, base.server)
        finally:
            app.extensions["office"].db.close()


def code_of(answer: str) -> str:
    found = CODE.search(answer)
    assert found, f"no order in {answer}"
    return found[1]
