"""Publishes the menu through a worker: only workers talk to the platform's API."""

import time

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue

from config.queues import NOTICES, PUSH_MENU_JOB, SERIALIZER, connect

WAIT_SECONDS = 30.0


class NotPublished(Exception):
    """The menu is not published; the message says why."""


def publish(redis_url: str) -> None:
    """Have a worker publish config/menu.toml, which it reads itself, and return when the platform has taken it. Raises NotPublished, at the latest after 30 seconds."""
    try:
        refusal = _ask_a_worker(connect(redis_url, timeout=5.0))
    except (RedisError, OSError) as error:
        raise NotPublished(f"Redis does not answer: {error}") from error
    if refusal is None:
        raise NotPublished(f"no worker took it within {WAIT_SECONDS:.0f} s; is one running?")
    if refusal:
        raise NotPublished(refusal)


def _ask_a_worker(redis: "Redis") -> str | None:
    """The platform's refusal, "" for none; None where no worker took the job or the job failed."""
    queue = Queue(NOTICES, connection=redis, serializer=SERIALIZER)
    job = queue.enqueue(PUSH_MENU_JOB, job_timeout=60, result_ttl=60, failure_ttl=60)
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline and not job.is_failed:
        if job.is_finished:
            return str(job.return_value())
        time.sleep(0.2)
    return None
