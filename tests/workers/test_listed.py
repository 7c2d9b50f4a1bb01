"""A worker runs listed jobs with fitting arguments, whatever somebody who may write to Redis has put there."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import NoPermissionError
from rq import Queue
from rq.job import JobStatus
from rq.registry import FailedJobRegistry, StartedJobRegistry
from rq.serializers import JSONSerializer

from config.queues import (
    DELIVER_JOB,
    FETCH_MEDIA_JOB,
    NOTICES,
    PUSH_MENU_JOB,
    QUEUES,
    RETRAIN_JOB,
    SERIALIZER,
    SIGN_IN_JOB,
)
from config.settings import ROOT
from tests.conftest import ENVIRONMENT
from workers.__main__ import OfficeWorker
from workers.listed import LISTED, ListedJob, NotListed, check

TODAY = datetime.now(UTC).date()


@pytest.fixture
def redis(redis_url: str) -> Iterator["Redis"]:
    with Redis.from_url(redis_url) as redis:
        yield redis


def job_of(redis: "Redis", data: Any, **more: Any) -> ListedJob:
    """A job as somebody else may have written it into the queue."""
    job = ListedJob("made", connection=redis, serializer=JSONSerializer)
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    fields: dict[Any, Any] = {"data": raw, "origin": NOTICES, "status": JobStatus.QUEUED, "timeout": "60", **more}
    redis.hset(job.key, mapping=fields)
    redis.rpush(f"rq:queue:{NOTICES}", "made")
    redis.sadd("rq:queues", f"rq:queue:{NOTICES}")
    job.restore(redis.hgetall(job.key))
    return job


def run(redis: "Redis") -> None:
    OfficeWorker(redis, Event(), Event()).work(burst=True, logging_level="ERROR")


FOREIGN = [
    "os.system", "builtins.exec", "subprocess.check_output", "workers.jobs.logging.getLogger", "workers.jobs.desk",
    "workers.jobs.deliver.__call__", "workers.jobs", "workers.jobs.", "workers.jobs.Deliver", " workers.jobs.deliver",
    "workers.jobs.deliver\n", "workers.jobs.fetching.fetch", "workers.jobs._stops.clear", "workers.listed.check", "",
    "bot.services.roster.leave", "workers.jobs.ｄeliver",
]  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_a_name_that_is_not_listed_is_refused(redis: "Redis", name: str) -> None:
    with pytest.raises(NotListed):
        check(job_of(redis, [name, None, [], {}]))
    with pytest.raises(NotListed):
        job_of(redis, [name, None, [], {}]).func()


@pytest.mark.parametrize(
    ("name", "args"),
    [
        (DELIVER_JOB, []), (PUSH_MENU_JOB, []), (FETCH_MEDIA_JOB, [1]), (FETCH_MEDIA_JOB, [2**63 - 1]),
        (RETRAIN_JOB, [TODAY.isoformat()]),
    ],
)  # fmt: skip
def test_the_services_own_jobs_are_found(redis: "Redis", name: str, args: list[Any]) -> None:
    assert check(job_of(redis, [name, None, args, {}])) is LISTED[name][0]


ARGUMENTS: list[tuple[str, Any, Any]] = [
    (DELIVER_JOB, [1], {}), (DELIVER_JOB, [], {"seconds": 1}), (DELIVER_JOB, {}, {}), (DELIVER_JOB, None, {}),
    (PUSH_MENU_JOB, [{"button": []}], {}), (PUSH_MENU_JOB, [], {"menu": {}}),
    *[(FETCH_MEDIA_JOB, args, {}) for args in ([], [0], [-1], [True], ["1"], [1.0], [None], [[1]], [1, 2], [2**63])],
    (FETCH_MEDIA_JOB, [], {"attachment_id": 1}),
    *[(RETRAIN_JOB, [night], {}) for night in ("", "x", "2026-1-1", "20260101", "--help", 1, None, "1999-01-01", "9999-12-31")],
    (RETRAIN_JOB, [(TODAY + timedelta(days=9)).isoformat()], {}), (RETRAIN_JOB, [f"{TODAY}; x"], {}), (RETRAIN_JOB, [], {}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args", "more"), ARGUMENTS)
def test_a_listed_job_with_arguments_of_another_kind_is_refused(
    redis: "Redis", name: str, args: Any, more: Any
) -> None:
    with pytest.raises(NotListed):
        check(job_of(redis, [name, None, args, more]))


@pytest.mark.parametrize(
    "data",
    [b"", b"\x80\x04N.", b"[]", b"{}", b"null", b"[1,2,3]", [1, None, [], {}], [None, None, [], {}], [["a"], None, [], {}],
     ["deliver", {"a": 1}, [], {}], [DELIVER_JOB, {"a": 1}, [], {}], [DELIVER_JOB, None, [], {}, 5]],
)  # fmt: skip
def test_a_job_of_another_form_is_refused(redis: "Redis", data: Any) -> None:
    with pytest.raises(NotListed):
        check(job_of(redis, data))


def test_callbacks_and_calls_of_web_addresses_are_ignored(redis: "Redis") -> None:
    names = {f"{which}_callback_name": "os.getcwd" for which in ("success", "failure", "stopped")}
    hook = {"url": "http://127.0.0.1:9/", "job_status": "finished", "method": "GET", "headers": None, "timeout": 1}
    job = job_of(redis, [DELIVER_JOB, None, [], {}], webhooks=json.dumps([hook]), **names)
    assert (job.success_callback, job.failure_callback, job.stopped_callback, job.webhooks) == (None, None, None, [])


def test_a_worker_passes_over_what_is_not_listed_and_keeps_nothing_of_it(
    redis: "Redis", tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    job_of(redis, ["os.mkdir", None, [str(tmp_path / "made")], {}], retries_left="3", retry_intervals="[0]")
    run(redis)
    assert not (tmp_path / "made").exists()
    assert redis.keys("rq:job:*") == []
    assert redis.llen(f"rq:queue:{NOTICES}") == 0
    assert "os.mkdir" in caplog.text


def test_what_lies_in_the_registries_is_not_run_either_when_it_is_put_back(redis: "Redis", tmp_path: Path) -> None:
    """An abandoned job is retried by the registry's own cleaning; a failed one may be put back by hand."""
    made = str(tmp_path / "made")
    job_of(redis, ["os.mkdir", None, [made], {}], retries_left="2", failure_callback_name="os.mkdir")
    redis.delete(f"rq:queue:{NOTICES}")
    started = StartedJobRegistry(NOTICES, connection=redis, job_class=ListedJob, serializer=SERIALIZER)
    failed = FailedJobRegistry(NOTICES, connection=redis, job_class=ListedJob, serializer=SERIALIZER)
    redis.zadd(started.key, {"made:run": 1})
    started.cleanup()
    redis.zadd(failed.key, {"made": 10**12})
    failed.requeue("made")
    run(redis)
    assert not (tmp_path / "made").exists()


def test_a_listed_job_is_run(
    redis: "Redis", database_url: str, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "VAR_DIR": str(tmp_path)}
    for name, value in {**ENVIRONMENT, **own}.items():
        monkeypatch.setenv(name, value)
    redis.set("wutong:nudged", "1")
    job = Queue(NOTICES, connection=redis, serializer=SERIALIZER).enqueue(DELIVER_JOB, result_ttl=60)
    run(redis)
    assert redis.get("wutong:nudged") is None
    assert job.get_status() == JobStatus.FINISHED


def test_the_access_list_lets_a_worker_work_and_reach_nothing_else(redis: "Redis", redis_url: str) -> None:
    page = (ROOT / "config" / "deploy" / "redis" / "users.acl").read_text("utf-8")
    rules = page.split("user wutong ")[1].splitlines()[0].split()
    redis.execute_command("ACL", "SETUSER", "wutong", *rules)  # type: ignore[no-untyped-call]
    password = next(rule[1:] for rule in rules if rule.startswith(">"))
    own = Redis.from_url(redis_url, username="wutong", password=password)
    with own:
        Queue(NOTICES, connection=own, serializer=SERIALIZER).enqueue("os.getcwd")
        assert Queue(NOTICES, connection=own, serializer=SERIALIZER).count == 1
        run(own)
        assert Queue(NOTICES, connection=own, serializer=SERIALIZER).count == 0
        own.set("wutong:probe", "1", ex=10)
        for command in (("GET", "other"), ("CONFIG", "GET", "*"), ("FLUSHALL",), ("KEYS", "*"), ("ACL", "LIST")):
            with pytest.raises(NoPermissionError):
                own.execute_command(*command)  # type: ignore[no-untyped-call]
    redis.execute_command("ACL", "DELUSER", "wutong")  # type: ignore[no-untyped-call]


def test_every_job_that_the_service_enqueues_is_listed_and_all_queues_speak_json(redis: "Redis") -> None:
    assert set(LISTED) == {DELIVER_JOB, FETCH_MEDIA_JOB, PUSH_MENU_JOB, RETRAIN_JOB, SIGN_IN_JOB}
    assert SERIALIZER == "json"
    worker = OfficeWorker(redis, Event(), Event())
    assert worker.serializer is JSONSerializer
    assert {(queue.name, queue.job_class) for queue in worker.queues} == {(name, ListedJob) for name in QUEUES}
