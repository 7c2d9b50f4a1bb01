"""`python -m workers`: an RQ worker that outlives Redis, and stops when asked with everything written down."""

import logging
import os
import signal
import sys
import time
from threading import Event

from redis import Redis
from rq import Queue, SimpleWorker
from rq.job import Job
from rq.worker import WorkerStatus

from config import logging as logs
from config import settings as environment
from config.queues import QUEUES, SERIALIZER, connect
from workers import jobs, resources
from workers.listed import ListedJob, NotListed, check

log = logging.getLogger("workers")

AGAIN_SECONDS = 1.0


class OfficeWorker(SimpleWorker):
    """Runs listed jobs only, and tells the job in hand that it should come to an end when the worker is asked to stop.

    Jobs run in this process: a fork for each costs 30 ms of CPU, and what is heavy (training) starts a process itself.
    """

    max_connection_wait_time = 2.0

    def __init__(self, redis: "Redis", stopping: Event) -> None:
        super().__init__(list(QUEUES), connection=redis, serializer=SERIALIZER, job_class=ListedJob)
        self._stopping = stopping

    def execute_job(self, job: Job, queue: Queue) -> None:
        """A job that is not listed is deleted: it is not run, not retried, and wakes no other job. The worker is busy
        while one runs: a signal then asks the job to end, instead of breaking it off by an exception."""
        try:
            check(job)
        except NotListed as refused:
            log.error("a job that is none of this service is refused: %s; who else writes to Redis?", refused)
            self.connection.delete(job.key)
            return
        self.set_state(WorkerStatus.BUSY)
        super().execute_job(job, queue)

    def handle_warm_shutdown_request(self) -> None:
        self._stopping.set()


def main() -> None:
    """Until SIGTERM or SIGINT. A wrong environment ends the process with one line."""
    os.environ["TZ"] = "Asia/Shanghai"
    time.tzset()
    try:
        settings = environment.enter("worker")
    except environment.SettingsError as error:
        sys.exit(f"wutong worker: {error}")
    logs.configure(settings.log_level)
    logging.getLogger("rq.worker").setLevel(logging.WARNING)
    stopping = Event()
    jobs.stop_when(stopping.is_set)
    resources.desk()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    signal.signal(signal.SIGINT, lambda *_: stopping.set())
    while not stopping.is_set():
        _work(settings.redis, stopping)
        stopping.wait(AGAIN_SECONDS)


def _work(redis_url: str, stopping: Event) -> None:
    """One life of a worker; it ends when asked to, or when Redis went away in a way it cannot wait out."""
    try:
        OfficeWorker(connect(redis_url, timeout=None), stopping).work(logging_level="WARNING")
    except Exception as error:  # noqa: BLE001 - the worker's top: Redis may be gone for a while
        log.warning("no work for now: %s", error)


if __name__ == "__main__":
    main()
