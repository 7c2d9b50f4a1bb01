"""A worker shows that it is alive, ends a job that takes too long with everything written down, and stops when asked."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisGone
from rq import Queue
from rq.timeouts import JobTimeoutException

from bot.services.office import Office, no_nudge, open_office
from bot.services.reports import queue_health
from bot.services.work_queue import Nudge
from config.queues import DELIVER_JOB, JOB_OPTIONS, NOTICES, RETRAIN_JOB, RETRAIN_OPTIONS, SERIALIZER
from config.settings import Settings
from tests.databases import SQLITE
from tests.programs import servers
from tests.programs.processes import Processes
from tests.sandbox.client import Sandbox
from tests.workers.conftest import CARD, add_person, notice, told, write
from workers.__main__ import OfficeWorker
from workers.listed import ListedJob
from workers.resources import Desk
from workers.watching import ALIVE_SECONDS, BEAT_SECONDS, Beats, deadline

HANDLED = (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)


@pytest.fixture
def redis(redis_url: str) -> Iterator["Redis"]:
    with Redis.from_url(redis_url) as redis:
        yield redis


@pytest.fixture
def handlers() -> Iterator[None]:
    """The handlers of signals are afterwards what they were."""
    before = {one: signal.getsignal(one) for one in HANDLED}
    yield
    signal.alarm(0)
    for one, handler in before.items():
        signal.signal(one, handler)


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    office = open_office(settings, no_nudge)
    yield office
    office.db.close()


@pytest.fixture
def service(settings: Settings, environment: dict[str, str]) -> Iterator[Processes]:
    service = Processes(settings, {**os.environ, **environment}, [])
    yield service
    service.kill_all()


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_between_two_lives_of_a_worker_stops_it_and_raises_nothing(
    redis: "Redis", asked: signal.Signals
) -> None:
    stopping = Event()
    OfficeWorker(redis, stopping, Event()).work(burst=True, logging_level="ERROR")
    os.kill(os.getpid(), asked)
    assert stopping.wait(1)


class TestRedisAway:
    @pytest.fixture
    def redis_url(self, tmp_path: Path) -> Iterator[str]:
        self.server, url = servers.start_redis(tmp_path / "redis")
        yield url
        servers.stop(self.server)

    @SQLITE
    @pytest.mark.parametrize("after", [0.2, 2.5])
    def test_a_worker_that_is_asked_to_stop_while_redis_is_away_ends_without_an_error(
        self, after: float, service: Processes, office: Office
    ) -> None:
        service.start("worker")
        service.eventually(lambda: queue_health.queues(office).workers == 1)
        servers.stop(self.server)
        time.sleep(after)
        began = time.monotonic()
        assert service.stop() == {"worker": 0}
        assert time.monotonic() - began < 8
        assert "Traceback" not in service.log_of("worker")


@SQLITE
def test_a_killed_worker_counts_as_gone_soon(service: Processes, office: Office, redis: "Redis") -> None:
    service.start("worker")
    service.eventually(lambda: queue_health.queues(office).workers == 1)
    (key,) = redis.smembers("rq:workers")
    service.kill("worker")
    assert 0 < redis.ttl(key) <= ALIVE_SECONDS <= 90
    redis.expire(key, 0)  # that time is over
    assert redis.smembers("rq:workers") == {key}
    assert queue_health.queues(office).workers == 0


@pytest.mark.parametrize(
    ("name", "args", "options"), [(DELIVER_JOB, [], JOB_OPTIONS), (RETRAIN_JOB, ["2026-11-24"], RETRAIN_OPTIONS)]
)
def test_a_worker_promises_no_longer_life_while_it_works(
    redis: "Redis", name: str, args: list[str], options: dict[str, object]
) -> None:
    queue = Queue(NOTICES, connection=redis, serializer=SERIALIZER, job_class=ListedJob)
    job = queue.enqueue(name, args=args, **options)
    worker = OfficeWorker(redis, Event(), Event())
    worker.register_birth()  # type: ignore[no-untyped-call]
    execution = worker.prepare_execution(job)
    worker.prepare_job_execution(job)
    assert 0 < redis.ttl(worker.key) <= ALIVE_SECONDS
    redis.expire(worker.key, 1)
    worker.maintain_heartbeats(job, execution)
    assert BEAT_SECONDS < redis.ttl(worker.key) <= ALIVE_SECONDS
    redis.flushall()
    worker.heartbeat()
    assert redis.smembers("rq:workers") == {worker.key.encode()}


def test_signs_of_life_are_given_while_a_job_runs_and_a_redis_that_is_away_ends_them_not() -> None:
    given: list[float] = []

    def beat() -> None:
        given.append(time.monotonic())
        if len(given) == 2:
            raise RedisGone

    with Beats(beat, 10, every=0.02):
        threading.Event().wait(0.5)
    count = len(given)
    assert count > 5
    time.sleep(0.1)
    assert len(given) == count


@pytest.mark.usefixtures("handlers")
def test_a_job_that_takes_too_long_is_asked_to_end_and_broken_off_nowhere() -> None:
    overdue = Event()
    with deadline(overdue)(1, JobTimeoutException):
        until = time.monotonic() + 5
        while not overdue.is_set() and time.monotonic() < until:
            time.sleep(0.05)
        assert overdue.is_set()
        assert signal.alarm(0) > 60  # what does not end then is cut off with the process


class TestTooLong:
    @pytest.fixture
    def address(self, sandbox: Sandbox) -> str:
        return sandbox.base_url

    @pytest.fixture
    def templates(self) -> object:
        return CARD

    @SQLITE
    def test_what_was_sent_is_written_down_and_the_worker_begins_anew(
        self, desk: Desk, sandbox: Sandbox, service: Processes, redis: "Redis"
    ) -> None:
        first, second = sandbox.new_user(window="message"), sandbox.new_user(window="message")
        write(desk, add_person(desk, first))
        sandbox.set_faults(latencies={"message/template/send": 3000})
        queue = Queue(NOTICES, connection=redis, serializer=SERIALIZER)
        queue.enqueue(DELIVER_JOB, **{**JOB_OPTIONS, "job_timeout": 1})
        service.start("worker")
        pid = service.running["worker"].pid
        service.eventually(lambda: "is asked to end" in service.log_of("worker"))
        before = redis.smembers("rq:workers")
        service.eventually(lambda: redis.smembers("rq:workers") not in (before, set()))
        assert notice(desk).state == "sent"
        assert told(sandbox, first) == ["template"]
        sandbox.set_faults(latencies={})
        write(desk, add_person(desk, second))
        Nudge(desk.settings.redis, every=0)()
        service.eventually(lambda: told(sandbox, second) == ["template"])
        assert (service.running["worker"].pid, told(sandbox, first)) == (pid, ["template"])
        assert "Traceback" not in service.log_of("worker")
