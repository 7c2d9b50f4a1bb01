"""Whoever may write to Redis stops no worker: neither by RQ's command channel nor by RQ's key of suspension."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from redis import Redis
from rq import Queue, Worker

from config.queues import DELIVER_JOB, JOB_OPTIONS, NOTICES, SERIALIZER
from config.settings import ROOT
from tests.conftest import ENVIRONMENT
from workers.__main__ import OfficeWorker

PATIENCE_SECONDS = 30.0
COMMANDS = [
    json.dumps({"command": "shutdown"}), json.dumps({"command": "kill-horse"}),
    json.dumps({"command": "stop-job", "job_id": "x"}), json.dumps({"command": "unknown"}), "[]", "garbage {", "\x80\xff", "",
]  # fmt: skip


@pytest.fixture
def redis(redis_url: str) -> Iterator["Redis"]:
    with Redis.from_url(redis_url) as redis:
        yield redis


@pytest.fixture
def process(redis: "Redis", redis_url: str, sqlite_template: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker as it is started in production."""
    (tmp_path / "wutong.db").write_bytes(sqlite_template.read_bytes())
    own = {**os.environ, **ENVIRONMENT, "REDIS_URL": redis_url, "VAR_DIR": str(tmp_path)}
    process = subprocess.Popen([sys.executable, "-m", "workers"], cwd=ROOT, env=own, start_new_session=True)
    yield process
    process.kill()
    process.wait()


def until(holds: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def names(redis: "Redis") -> list[str]:
    return [worker.name for worker in Worker.all(connection=redis, serializer=SERIALIZER)]


def test_no_command_stops_a_worker_and_a_signal_still_does(redis: "Redis", process: subprocess.Popen[bytes]) -> None:
    until(lambda: names(redis), "the worker started")
    (name,) = names(redis)
    for command in COMMANDS:
        assert redis.publish(f"rq:pubsub:{name}", command) == 0, "nobody listens"
    redis.set("rq:suspended", 1)
    queue = Queue(NOTICES, connection=redis, serializer=SERIALIZER)
    job = queue.enqueue(DELIVER_JOB, **{**JOB_OPTIONS, "result_ttl": 60})
    until(lambda: job.is_finished, "the worker still works")
    assert (process.poll(), names(redis)) == (None, [name])
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_SECONDS) == 0


def test_a_worker_subscribes_to_no_channel(redis: "Redis") -> None:
    worker = OfficeWorker(redis, Event(), Event())
    worker.bootstrap(logging_level="ERROR")
    try:
        assert redis.pubsub_channels() == []
    finally:
        worker.teardown()
