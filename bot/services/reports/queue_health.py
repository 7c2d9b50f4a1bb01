"""How the queues and the workers are, for the operator."""

from collections.abc import Sequence
from dataclasses import dataclass

from redis import Redis
from rq import Queue, Worker

from bot.services.office import Office
from bot.services.reports.health import SECONDS
from config.queues import QUEUES, SERIALIZER, connect


@dataclass(frozen=True, slots=True)
class QueueReport:
    """One queue: jobs that wait, and jobs that failed within a day."""

    name: str
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class Queues:
    """Workers that are alive, jobs that wait, and jobs that failed within a day; and the same for each queue."""

    workers: int
    waiting: int
    failed: int
    each: Sequence[QueueReport] = ()


def queues(office: Office) -> Queues:
    """RedisError or OSError where Redis does not answer."""
    client: Redis = connect(office.settings.redis, timeout=SECONDS)
    with client:
        found = [Queue(name, connection=client, serializer=SERIALIZER) for name in QUEUES]
        each = [QueueReport(queue.name, queue.count, len(queue.failed_job_registry)) for queue in found]
        return Queues(
            workers=_alive(client), waiting=sum(one.waiting for one in each), failed=sum(one.failed for one in each),
            each=each,
        )  # fmt: skip


def _alive(client: "Redis") -> int:
    """How many workers gave a sign of life of late: one that was killed stays on RQ's list, but its own key expires."""
    listed = Worker.all_keys(connection=client)
    return int(client.exists(*listed)) if listed else 0
