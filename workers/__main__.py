"""`python -m workers`: an RQ worker that outlives Redis, and stops when asked with everything written down."""

import logging
import mmap
import os
import signal
import sys
import time

from redis import Redis
from rq import Queue, Worker
from rq.job import Job

from config import logging as logs
from config import settings as environment
from config.queues import QUEUES, SERIALIZER, connect
from workers import jobs, resources
from workers.listed import ListedJob, NotListed, check

log = logging.getLogger("workers")

AGAIN_SECONDS = 1.0


class OfficeWorker(Worker):
    """Runs listed jobs only, and tells the job in hand that it should come to an end when the worker is asked to stop."""

    max_connection_wait_time = 2.0

    def __init__(self, redis: "Redis", stopping: mmap.mmap) -> None:
        super().__init__(list(QUEUES), connection=redis, serializer=SERIALIZER, job_class=ListedJob)
        self._stopping = stopping

    def execute_job(self, job: Job, queue: Queue) -> None:
        """A job that is not listed is deleted: it is not run, not retried, and wakes no other job."""
        try:
            check(job)
        except NotListed as refused:
            log.error("a job that is none of this service is refused: %s; who else writes to Redis?", refused)
            self.connection.delete(job.key)
            return
        super().execute_job(job, queue)

    def handle_warm_shutdown_request(self) -> None:
        self._stopping[0] = 1


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
    stopping = mmap.mmap(-1, 1)  # shared with the forked child that runs a job
    jobs.stop_when(lambda: stopping[0] == 1)
    resources.desk()  # before the fork: what is read once need not be read for every job
    signal.signal(signal.SIGTERM, lambda *_: _ask(stopping))
    signal.signal(signal.SIGINT, lambda *_: _ask(stopping))
    while stopping[0] == 0:
        _work(settings.redis, stopping)
        if stopping[0] == 0:
            time.sleep(AGAIN_SECONDS)


def _ask(stopping: mmap.mmap) -> None:
    stopping[0] = 1


def _work(redis_url: str, stopping: mmap.mmap) -> None:
    """One life of a worker; it ends when asked to, or when Redis went away in a way it cannot wait out."""
    try:
        OfficeWorker(connect(redis_url, timeout=None), stopping).work(logging_level="WARNING")
    except Exception as error:  # noqa: BLE001 - the worker's top: Redis may be gone for a while
        log.warning("no work for now: %s", error)


if __name__ == "__main__":
    main()
