"""The queues between the processes: their names, what lies in them, and how Redis is reached."""

from typing import Any

from redis import Redis

NOTICES = "notices"
MEDIA = "media"
LEARNING = "learning"
QUEUES = (NOTICES, MEDIA, LEARNING)  # in the order in which a worker looks at them
SERIALIZER = "json"
DELIVER_JOB = "workers.jobs.deliver"
FETCH_MEDIA_JOB = "workers.jobs.fetch_media"
PUSH_MENU_JOB = "workers.jobs.push_menu"
RETRAIN_JOB = "workers.jobs.retrain"
# Nobody reads results, and a job that failed is only a hint lost: the database knows what is due.
JOB_OPTIONS: dict[str, Any] = {"job_timeout": 600, "result_ttl": 0, "failure_ttl": 86400}
# Training may take long; if it was lost before it took its night, the clock asks again.
RETRAIN_OPTIONS = JOB_OPTIONS | {"job_timeout": 7200, "failure_ttl": 60}


def connect(url: str, *, timeout: float | None) -> Redis:
    """A client for `redis://` or `unix://` (a path with spaces is allowed); `timeout` in seconds, None: none."""
    return Redis.from_url(url, socket_timeout=timeout, socket_connect_timeout=timeout or 5.0, max_connections=300)
