"""The Flask application behind granian's RSGI interface: a request is read without a thread, then answered in one.

A WSGI server reads the body in the thread that answers, so that a few senders that stop in the middle of a body hold
every thread. Here the event loop reads it, with a limit of size and of time.
"""

import asyncio
import logging
import re
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from bot.request_body import BRIEF, DEFERS, LARGEST, PAGES, REFUSED, SINCE, largest
from bot.serving.answers import Answers, Durability, Future
from bot.serving.wsgi import Answer, Application, Environ, Scope, call, environ, plain

log = logging.getLogger(__name__)

LENGTH = re.compile(r"\d{1,20}", re.ASCII)
BODY_SECONDS = 5.0  # the platform itself gives up after 5 s
PICTURE_SECONDS = 60.0  # pictures come from telephones
MOST_WITH_PICTURES = 4  # such bodies that a process holds at a time …
SLOW_SECONDS = 10.0  # … of which one that takes longer gives way to the next
GATHER_MOST = 16  # brief requests whose answers leave together …
GATHER_SECONDS = 0.03  # … and how long after the first of them none is added
TICK_SECONDS = 0.25
MOST_HELPERS = 8  # threads
STOP_SECONDS = 0.3


class Exchange(Protocol):
    """What is used of granian's protocol object: called it gives the whole body, iterated its chunks; one response."""

    def __call__(self) -> Awaitable[bytes]: ...
    def __aiter__(self) -> Any: ...
    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None: ...
    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Job:
    """A whole request on its way to a thread, and where its answer goes."""

    environment: Environ
    answer: Future
    since: float  # time.monotonic() when it was whole


class Server:
    """Calls a WSGI application for each request of granian.

    One thread computes: under the interpreter's lock more of them only take it from each other. Answers of brief requests that wait
    already leave together, since each wakes two threads. Where requests wait and none was answered for `TICK_SECONDS`, as with a
    database that is silent, further threads take them until none waits.
    """

    def __init__(
        self,
        application: Application,
        durability: Durability | None = None,
        slow: float = SLOW_SECONDS,
        gather: tuple[int, float] = (GATHER_MOST, GATHER_SECONDS),
        beside: Callable[[], object] | None = None,
    ) -> None:
        """`durability`: where the application may leave it to us that what it commits reaches the disk. `gather`: how many
        brief requests are answered together at most, and the seconds after the first of them in which others are added. `beside`: is
        called once at the start, beside requests."""
        self._application = application
        self._durability = durability
        self._answers = Answers(durability)
        self._slow = slow
        self._gather_most, self._gather_seconds = gather
        self._beside = beside
        self._waiting: SimpleQueue[Job] = SimpleQueue()
        self._answered = 0
        self._seen = 0  # of `_answered`, at the last tick
        self._helpers: set[threading.Thread] = set()
        self._large: dict[asyncio.Task[None], float] = {}  # whose body with pictures is awaited, and since when
        self._reading: dict[asyncio.Task[None], float] = {}  # whose body is awaited, and until when

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Granian calls this once in a process, before the first request."""
        self._answers.start()
        threading.Thread(target=self._work, name="requests", daemon=True).start()
        if self._beside is not None:
            threading.Thread(target=self._beside, name="beside requests", daemon=True).start()
        loop.call_later(TICK_SECONDS, self._tick, loop)

    def __rsgi_del__(self, _loop: asyncio.AbstractEventLoop) -> None:
        """Granian calls this at the end of a process. A signal to the whole group ends a process at the same moment as its
        parent hears of it; where the process were gone first, the parent would report a failure."""
        time.sleep(STOP_SECONDS)

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        answer = await self._handle(scope, exchange)
        if answer.body:
            exchange.response_bytes(answer.status, answer.headers, answer.body)
        else:
            exchange.response_empty(answer.status, answer.headers)

    async def _handle(self, scope: Scope, exchange: Exchange) -> Answer:
        headers = scope.headers
        announced, body = headers.get("content-length"), b""
        if announced is not None or headers.get("transfer-encoding") is not None:
            limit = largest(scope.path)
            if announced is not None and (not LENGTH.fullmatch(announced) or int(announced) > limit):
                return await self._refuse(scope, plain(413))
            is_large = limit > LARGEST and (announced is None or int(announced) > LARGEST)
            if is_large and not self._has_room():
                return await self._refuse(scope, plain(503))
            given = await self._body(exchange, announced, limit, is_large=is_large)
            if isinstance(given, Answer):
                return await self._refuse(scope, given)
            body = given
        return await self._ask(environ(scope, body))

    async def _ask(self, environment: Environ) -> Answer:
        job = Job(environment, asyncio.get_running_loop().create_future(), time.monotonic())
        self._waiting.put(job)
        return await job.answer

    async def _refuse(self, scope: Scope, answer: Answer) -> Answer:
        """The body is not read. Where people read the answer, the application says it on a page."""
        if not PAGES.match(scope.path):
            return answer
        page = await self._ask(environ(scope, b"") | {"CONTENT_LENGTH": "0", REFUSED: answer.status})
        return replace(page, status=answer.status, headers=[*page.headers, ("connection", "close")])

    def _has_room(self) -> bool:
        """Whether one more body with pictures may be awaited; the slowest one gives way, so that a few that stand still keep
        nobody out."""
        if len(self._large) < MOST_WITH_PICTURES:
            return True
        task, since = min(self._large.items(), key=lambda each: each[1])
        if time.monotonic() - since < self._slow:
            return False
        del self._large[task]
        task.cancel()
        return True

    async def _body(self, exchange: Exchange, announced: str | None, limit: int, *, is_large: bool) -> bytes | Answer:
        """The whole body; 413 where it is too long, 408 where it is not there in time, 400 where a part of it lacks."""
        task = asyncio.current_task()
        assert task is not None
        now = time.monotonic()
        self._reading[task] = now + (PICTURE_SECONDS if is_large else BODY_SECONDS)
        if is_large:
            self._large[task] = now
        try:
            body = await (exchange() if announced is not None else _chunks(exchange, limit))
        except asyncio.CancelledError:
            return plain(408)
        except RuntimeError as error:  # granian's errors; the sender hung up
            log.info("a body broke off: %s", type(error).__name__)
            return plain(400)
        finally:
            del self._reading[task]
            self._large.pop(task, None)
        if len(body) > limit:
            return plain(413)
        return body if announced is None or int(announced) == len(body) else plain(400)

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        """End bodies whose time is over; help where nothing moves."""
        loop.call_later(TICK_SECONDS, self._tick, loop)
        now = time.monotonic()
        for task in [task for task, until in self._reading.items() if until < now]:
            task.cancel()
        self._helpers = {each for each in self._helpers if each.is_alive()}
        if self._answered == self._seen:
            self._answers.let_go()
            for _ in range(min(self._waiting.qsize(), MOST_HELPERS - len(self._helpers))):
                helper = threading.Thread(target=self._help, name="helper", daemon=True)
                self._helpers.add(helper)
                helper.start()
        self._seen = self._answered

    def _work(self) -> None:
        job = self._waiting.get()
        while True:
            job = self._answer_some(job) or self._waiting.get()

    def _help(self) -> None:
        with suppress(Empty):
            while True:
                job = self._waiting.get_nowait()
                self._answers.keep(job.answer, self._called(job))
                self._answers.let_go()

    def _answer_some(self, job: Job) -> Job | None:
        """Answer this one, and brief ones that wait behind it. The one that was taken and not answered, if any."""
        until, count = time.monotonic() + self._gather_seconds, 0
        gathered: list[tuple[Job, Answer]] = []
        behind: Job | None = job
        while behind is not None and (count == 0 or behind.environment["PATH_INFO"] == BRIEF):
            gathered.append((behind, self._called(behind, defers=self._durability is not None)))
            count += 1
            if self._durability is None or not self._durability.is_gathering:
                gathered = self._handed_over(gathered)
            more = job.environment["PATH_INFO"] == BRIEF and count < self._gather_most and time.monotonic() < until
            behind = self._next() if more else None
        if gathered:
            self._handed_over(gathered)
        self._answers.let_go()
        return behind

    def _handed_over(self, gathered: list[tuple[Job, Answer]]) -> list[tuple[Job, Answer]]:
        """None is left: all of them are committed, and leave when `let_go` is called."""
        if self._durability is not None:
            gathered = self._committed(self._durability, gathered)
        for job, answer in gathered:
            self._answers.keep(job.answer, answer)
        return []

    def _next(self) -> Job | None:
        with suppress(Empty):
            return self._waiting.get_nowait()
        return None

    def _committed(self, durability: Durability, done: list[tuple[Job, Answer]]) -> list[tuple[Job, Answer]]:
        """The answers once it is committed what they tell of; where that fails, each is asked for again."""
        try:
            durability.commit()
        except Exception:
            log.exception("what was to be committed together is tried one by one")
            return [(job, self._called(job)) for job, _ in done]
        return done

    def _called(self, job: Job, *, defers: bool = False) -> Answer:
        job.environment["wsgi.input"].seek(0)  # where it is called again
        try:
            answer = call(self._application, job.environment | {DEFERS: defers, SINCE: job.since})
        except Exception:
            log.exception("a request failed outside the application")
            answer = plain(500)
        self._answered += 1
        return answer


async def _chunks(exchange: Exchange, limit: int) -> bytes:
    """A body of unknown length, no further than the limit."""
    body = bytearray()
    async for chunk in exchange:
        body += chunk
        if len(body) > limit:
            break
    return bytes(body)
