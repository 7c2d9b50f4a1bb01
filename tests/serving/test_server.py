"""From granian's request to a WSGI environment, and from a WSGI answer to granian's response."""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, TypeVar

import pytest

from bot.request_body import LARGEST
from bot.serving import server, wsgi
from bot.serving.server import Server
from bot.serving.wsgi import call, environ

T = TypeVar("T")
Pairs = list[tuple[str, str]]


def in_a_loop(work: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: browser tests leave a running loop in the main one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def problem(status: int, title: str) -> bytes:
    return json.dumps({"type": "about:blank", "title": title, "status": status}).encode()


TOO_LONG = problem(413, HTTPStatus(413).phrase)


class Headers:
    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs

    def get(self, key: str) -> str | None:
        return next((value for name, value in self._pairs if name == key), None)

    def items(self) -> Pairs:
        return self._pairs


@dataclass
class Request:
    headers: wsgi.Headers
    path: str = "/%E6%A2%A7%E6%A1%90"
    query_string: str = "a=%20b"
    method: str = "POST"
    scheme: str = "http"
    server: str = "127.0.0.1:8000"
    client: str = "[::1]:40000"
    http_version: str = "1.1"


@dataclass
class Exchange:
    """The server's side of one request: these chunks come in, `answers` went out."""

    chunks: list[bytes] = field(default_factory=list)
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    read: int = 0

    async def __call__(self) -> bytes:
        return b"".join(self.chunks)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            self.read += 1
            yield chunk

    def response_empty(self, status: int, _headers: Pairs) -> None:
        self.answers.append((status, b""))

    def response_bytes(self, status: int, _headers: Pairs, body: bytes) -> None:
        self.answers.append((status, body))


def echo(environment: dict[str, Any], start: Any) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [environment["wsgi.input"].read()]


def started(application: wsgi.Application) -> Server:
    """As granian starts it, in the running loop."""
    running = Server(application)
    running.__rsgi_init__(asyncio.get_running_loop())
    return running


def test_what_stands_beside_requests_is_called_once_and_no_request_waits_for_it() -> None:
    called, gate = threading.Semaphore(0), threading.Event()

    def beside() -> None:
        called.release()
        gate.wait(5)

    async def answer() -> tuple[int, bytes]:
        running, exchange = Server(echo, beside=beside), Exchange([b"x"])
        running.__rsgi_init__(asyncio.get_running_loop())
        await running.__rsgi__(Request(Headers([("content-length", "1")])), exchange)
        return exchange.answers[0]

    assert in_a_loop(answer()) == (200, b"x")
    assert called.acquire(timeout=5)
    gate.set()
    assert not called.acquire(timeout=0.1)


def test_a_form_with_pictures_may_be_larger_and_only_so_many_at_a_time() -> None:
    """The paths are those of `bot.request_body`."""
    body = [b"x" * LARGEST, b"y"]

    async def answers() -> tuple[list[int], int]:
        running, gate = started(echo), asyncio.Event()

        class Slow(Exchange):
            async def __call__(self) -> bytes:
                await gate.wait()
                return b"".join(self.chunks)

        head = Headers([("content-length", str(LARGEST + 1))])
        exchanges = [Slow(body) for _ in range(server.MOST_WITH_PICTURES + 1)]
        tasks = [asyncio.create_task(running.__rsgi__(Request(head, path="/h5/new"), each)) for each in exchanges]
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*tasks)
        other = Exchange(body)
        await running.__rsgi__(Request(head, path="/h5/privacy"), other)
        return [each.answers[0][0] for each in exchanges], other.answers[0][0]

    assert in_a_loop(answers()) == ([200] * server.MOST_WITH_PICTURES + [503], 413)


def test_a_body_with_pictures_that_stands_still_gives_way_to_the_next() -> None:
    body = [b"x" * LARGEST, b"y"]

    async def answers() -> list[int]:
        running = Server(echo, slow=0.05)
        running.__rsgi_init__(asyncio.get_running_loop())

        class Still(Exchange):
            async def __call__(self) -> bytes:
                await asyncio.Event().wait()
                return b""

        request = Request(Headers([("content-length", str(LARGEST + 1))]), path="/h5/new")
        still = [Still([]) for _ in range(server.MOST_WITH_PICTURES)]
        tasks = [asyncio.create_task(running.__rsgi__(request, each)) for each in still]
        await asyncio.sleep(0)
        early, late = Exchange(body), Exchange(body)
        await running.__rsgi__(request, early)
        await asyncio.sleep(0.1)
        await running.__rsgi__(request, late)
        await tasks[0]
        for task in tasks[1:]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return [each.answers[0][0] for each in (early, late, still[0])]

    assert in_a_loop(answers()) == [503, 200, 408]


def served(application: wsgi.Application, *requests: tuple[Pairs, list[bytes]]) -> list[tuple[int, bytes]]:
    """All at the same time; the answers in the order of the requests."""

    async def all_of_them() -> list[tuple[int, bytes]]:
        running, exchanges = started(application), [Exchange(chunks) for _, chunks in requests]
        pairs = zip(requests, exchanges, strict=True)
        await asyncio.gather(*(running.__rsgi__(Request(Headers(head)), each) for (head, _), each in pairs))
        return [answer for each in exchanges for answer in each.answers]

    return in_a_loop(all_of_them())


def test_the_environment_has_what_wsgi_asks_for() -> None:
    head = [("content-type", "text/xml"), ("content-length", "3"), ("cookie", "a=1"), ("cookie", "b=2"), ("accept", "x"),
            ("accept", "y"), ("x_forwarded_for", "9.9.9.9")]  # fmt: skip
    found = environ(Request(Headers(head)), b"abc")
    assert found["PATH_INFO"].encode("latin-1").decode() == "/梧桐"
    assert (found["CONTENT_TYPE"], found["CONTENT_LENGTH"], found["wsgi.input"].read()) == ("text/xml", "3", b"abc")
    assert (found["HTTP_COOKIE"], found["HTTP_ACCEPT"]) == ("a=1; b=2", "x,y")
    assert (found["REMOTE_ADDR"], found["SERVER_NAME"], found["SERVER_PORT"]) == ("::1", "127.0.0.1", "8000")
    assert "HTTP_X_FORWARDED_FOR" not in found, "a name with an underscore would pass for the proxy's own"


def test_what_an_application_writes_and_returns_is_one_body_and_it_is_closed() -> None:
    closed = []

    class Parts(list[bytes]):
        def close(self) -> None:
            closed.append(True)

    def application(_: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("201 CREATED", [("X-Kind", "a")])(b"written ")
        return Parts([b"and ", b"returned"])

    answer = call(application, {})
    assert (answer.status, answer.headers, answer.body) == (201, [("x-kind", "a")], b"written and returned")
    assert closed == [True]


@pytest.mark.parametrize(
    ("head", "chunks", "expected"),
    [
        ([("content-length", "5")], [b"he", b"llo"], (200, b"hello")),
        ([("transfer-encoding", "chunked")], [b"he", b"llo"], (200, b"hello")),
        ([], [b"never read"], (200, b"")),
        ([("content-length", "6")], [b"hello"], (400, problem(400, "Bad Request"))),
        ([("content-length", str(LARGEST + 1))], [], (413, TOO_LONG)),
        ([("content-length", "-1")], [], (413, TOO_LONG)),
    ],
)
def test_a_body_is_whole_or_the_request_is_refused(
    head: Pairs, chunks: list[bytes], expected: tuple[int, bytes]
) -> None:
    assert served(echo, (head, chunks)) == [expected]


def test_an_endless_body_is_refused_at_the_limit() -> None:
    exchange = Exchange([b"x" * 100_000] * 50)

    async def refused() -> None:
        await started(echo).__rsgi__(Request(Headers([("transfer-encoding", "chunked")])), exchange)

    in_a_loop(refused())
    assert exchange.answers == [(413, TOO_LONG)]
    assert exchange.read == 11, "nothing is read after the limit"


def test_an_application_that_fails_is_500() -> None:
    def broken(_: dict[str, Any], __: Any) -> Iterable[bytes]:
        raise ValueError("broken")

    assert served(broken, ([], [])) == [(500, problem(500, "Internal Server Error"))]


def test_whoever_has_waited_long_goes_on_beside_the_one_that_is_stuck() -> None:
    """The first request waits for the second; one at a time they would wait for ever."""
    second = threading.Event()
    calls = iter((lambda: second.wait(5), second.set))

    def application(_: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("200 OK" if next(calls)() in (True, None) else "504 LATE", [])
        return [b"done"]

    assert served(application, ([], []), ([], [])) == [(200, b"done")] * 2


class Disk:
    """A database that gathers what is committed, and has committed something which is not on the disk."""

    def __init__(self, error: OSError | None = None) -> None:
        self.is_gathering, self.is_durable = True, False
        self.syncs, self.commits = 0, 0
        self._error = error

    def commit(self) -> None:
        self.commits += 1

    def make_durable(self) -> None:
        self.syncs += 1
        if self._error is not None:
            raise self._error


async def several(running: Server, *requests: Request) -> list[tuple[int, bytes]]:
    """The answers to requests that come at once, each with its path as its body."""
    exchanges = [Exchange([one.path.encode()]) for one in requests]
    await asyncio.gather(*map(running.__rsgi__, requests, exchanges))
    return [answer for each in exchanges for answer in each.answers]


def request(path: str) -> Request:
    return Request(Headers([("content-length", str(len(path)))]), path=path)


@pytest.mark.parametrize(("error", "status"), [(None, 200), (OSError("no space"), 500)])
def test_an_answer_waits_for_the_disk_and_says_nothing_where_it_cannot_be_written(
    error: OSError | None, status: int
) -> None:
    disk = Disk(error)

    def committing(environment: dict[str, Any], start: Any) -> Iterable[bytes]:
        assert environment["wutong.defers"]
        return echo(environment, start)

    async def answers() -> list[tuple[int, bytes]]:
        running = Server(committing, disk)
        running.__rsgi_init__(asyncio.get_running_loop())
        return await several(running, request("/x"))

    answered = in_a_loop(answers())
    assert [given for given, _ in answered] == [status]
    assert (b"x" in answered[0][1]) is (error is None)
    assert (disk.commits, disk.syncs) == (1, 1)


class Gathering(Disk):
    """Notes between which requests it commits; `refuses`: the first commit fails."""

    def __init__(self, refuses: bool = False) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._refuses = refuses

    def application(self, environment: dict[str, Any], start: Any) -> Iterable[bytes]:
        if not self.seen:
            time.sleep(0.05)  # the others have come meanwhile
        self.seen.append(environment["PATH_INFO"] + ("" if environment["wutong.defers"] else " alone"))
        self.is_gathering = environment["PATH_INFO"] == "/wechat"
        return echo(environment, start)

    def commit(self) -> None:
        super().commit()
        self.seen.append("commit")
        self.is_gathering = False
        if self._refuses:
            self._refuses = False
            raise OSError("no space")

    async def answers(self, *paths: str, most: int = 8) -> list[tuple[int, bytes]]:
        running = Server(self.application, self, gather=(most, 10.0))
        running.__rsgi_init__(asyncio.get_running_loop())
        return await several(running, *map(request, paths))


def test_brief_requests_share_a_commit_and_a_page_waits_for_no_other() -> None:
    disk = Gathering()
    answered = in_a_loop(disk.answers("/wechat", "/wechat", "/console/board", "/wechat"))
    assert answered == [(200, b"/wechat"), (200, b"/wechat"), (200, b"/console/board"), (200, b"/wechat")]
    assert disk.seen == ["/wechat", "/wechat", "commit", "/console/board", "commit", "/wechat", "commit"]


def test_no_more_than_some_share_a_commit() -> None:
    disk = Gathering()
    assert len(in_a_loop(disk.answers(*["/wechat"] * 5, most=2))) == 5
    assert disk.seen == ["/wechat", "/wechat", "commit"] * 2 + ["/wechat", "commit"]


def test_a_commit_that_fails_is_tried_again_for_each_alone() -> None:
    disk = Gathering(refuses=True)
    assert in_a_loop(disk.answers("/wechat", "/wechat")) == [(200, b"/wechat")] * 2
    assert disk.seen == ["/wechat", "/wechat", "commit", "/wechat alone", "/wechat alone"]


class Committed(Disk):
    """A database that commits at once. Notes how many answers have left when a request begins and ends. The first request waits until
    the others have come; the request `stuck` until an answer has left."""

    def __init__(self) -> None:
        super().__init__()
        self.is_gathering, self.is_durable = False, True
        self.exchanges: list[Exchange] = []
        self.left: list[int] = []

    def application(self, environment: dict[str, Any], start: Any) -> Iterable[bytes]:
        behind = len(self.exchanges) - 1 - len(self.left) // 2
        self.left.append(self.has_left())
        assert until(lambda: self._running._waiting.qsize() == behind or len(self.left) > 1)
        assert environment["QUERY_STRING"] != "stuck" or until(lambda: self.has_left() > 0)
        self.left.append(self.has_left())
        return echo(environment, start)

    def has_left(self) -> int:
        return sum(bool(each.answers) for each in self.exchanges)

    async def answers(self, *queries: str) -> None:
        self._running = Server(self.application, self)
        self._running.__rsgi_init__(asyncio.get_running_loop())
        requests = [replace(request("/wechat"), query_string=query) for query in queries]
        self.exchanges = [Exchange([b"/wechat"]) for _ in requests]
        await asyncio.gather(*map(self._running.__rsgi__, requests, self.exchanges))


def until(is_so: Callable[[], bool], seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while not (found := is_so()) and time.monotonic() < end:
        time.sleep(0.01)
    return found


def test_answers_to_brief_requests_that_wait_leave_together() -> None:
    database = Committed()
    in_a_loop(database.answers("", "", ""))
    assert database.left == [0] * 6
    assert database.has_left() == 3


def test_an_answer_does_not_wait_for_a_request_that_is_stuck() -> None:
    database = Committed()
    in_a_loop(database.answers("", "stuck"))
    assert database.left[:2] == [0, 0]
    assert database.left[-1] == 1
    assert database.has_left() == 2
