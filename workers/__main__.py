"""`python -m workers`: an RQ worker that outlives Redis, and stops when asked with everything written down."""

import logging
import os
import signal
import sys
import time
from threading import Event

from redis import Redis
from redis.client import Pipeline
from rq import Queue, SimpleWorker
from rq.executions import Execution
from rq.job import Job
from rq.worker import WorkerStatus
from rq.worker_registration import register

from bot.services.notices import outbox
from bot.store.copies import unfinished
from config import logging as logs
from config import settings as environment
from config.queues import QUEUES, SERIALIZER, connect
from workers import jobs, resources, watching
from workers.listed import ListedJob, NotListed, check

log = logging.getLogger("workers")

AGAIN_SECONDS = 1.0
RQ_ADDS = 60  # seconds by which RQ lets a waiting worker outlive its `worker_ttl`


class OfficeWorker(SimpleWorker):
    """Runs listed jobs only, and takes no command from Redis. When the worker is asked to stop, it tells the job in hand
    that it should come to an end.

    Jobs run in this process: a fork for each costs 30 ms of CPU, and what is heavy (training) starts a process itself.
    A worker that has an `overdue` job ends after it.
    """

    max_connection_wait_time = 2.0

    def __init__(self, redis: "Redis", stopping: Event, overdue: Event) -> None:
        super().__init__(
            list(QUEUES), connection=redis, serializer=SERIALIZER, job_class=ListedJob,
            worker_ttl=watching.ALIVE_SECONDS - RQ_ADDS,
        )  # fmt: skip
        self.death_penalty_class = watching.deadline(overdue)
        self._stopping, self._overdue = stopping, overdue
        self._in_loop = False

    def subscribe(self) -> None:
        """RQ would take commands (shutdown, kill-horse, stop-job) from whoever may publish in Redis. None is used here: who
        stops a worker sends its process a signal."""

    def check_for_suspension(self, burst: bool) -> None:
        """Nor does a key in Redis stop the work, as `rq suspend` would."""

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
        if self._overdue.is_set():
            self._stop_requested = True

    def perform_job(self, job: Job, queue: Queue, execution: Execution) -> bool:
        with watching.Beats(lambda: self.maintain_heartbeats(job, execution), job.timeout or 0):
            return super().perform_job(job, queue, execution)

    def get_heartbeat_ttl(self, job: Job, working_time: float = 0.0) -> int:
        return watching.ALIVE_SECONDS

    def heartbeat(self, timeout: int | None = None, pipeline: "Pipeline | None" = None) -> None:
        """Also on the list of workers, which somebody may have emptied with all of Redis."""
        if pipeline is not None:
            super().heartbeat(timeout, pipeline)
            register(self, pipeline)
            return
        with self.connection.pipeline() as own:
            self.heartbeat(timeout, own)
            own.execute()

    def handle_warm_shutdown_request(self) -> None:
        self._stopping.set()

    def _install_signal_handlers(self) -> None:
        super()._install_signal_handlers()  # type: ignore[no-untyped-call]
        self._in_loop = True

    def _shutdown(self) -> None:
        """RQ breaks off its waiting for jobs by an exception. Its handlers stay installed after the loop has ended, where
        nobody would catch that."""
        if self._in_loop:
            super()._shutdown()  # type: ignore[no-untyped-call]

    def teardown(self) -> None:
        self._in_loop = False
        super().teardown()  # type: ignore[no-untyped-call]


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
    stopping, overdue = Event(), Event()
    jobs.stop_when(stopping.is_set, overdue.is_set)
    outbox.prepare(resources.desk())
    refused = unfinished.why_not_to_start(resources.desk().db.engine)
    if refused is not None:
        sys.exit(f"wutong worker: {refused}")
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    signal.signal(signal.SIGINT, lambda *_: stopping.set())
    while not stopping.is_set():
        _work(settings.redis, stopping, overdue)
        if overdue.is_set() and not stopping.is_set():
            resources.desk().close()
            watching.begin_anew()
        if not stopping.is_set():
            time.sleep(AGAIN_SECONDS)  # not on the event, whose lock a signal's handler would find taken


def _work(redis_url: str, stopping: Event, overdue: Event) -> None:
    """One life of a worker; it ends when asked to, or when Redis went away in a way it cannot wait out."""
    try:
        OfficeWorker(connect(redis_url, timeout=None), stopping, overdue).work(logging_level="WARNING")
    except Exception as error:  # noqa: BLE001 - the worker's top: Redis may be gone for a while
        log.warning("no work for now: %s", error)


if __name__ == "__main__":
    main()
