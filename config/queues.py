"""The queues between the processes: names, jobs and their options, and the connection to Redis."""

from typing import Any

from redis import Redis

NOTICES = "notices"
MEDIA = "media"
LEARNING = "learning"
SIGN_INS = "sign_ins"
QUEUES = (SIGN_INS, NOTICES, MEDIA, LEARNING)  # a worker empties them in this order
SERIALIZER = "json"
TOKEN_KEY = "wutong:token"  # then ":" and the account's id: the platform's access token, for as long as it is good
USED_KEY = "wutong:used"  # then ":", an API, and ":d" or ":m" with the day or the minute: sends
PAUSED_KEY = "wutong:paused"  # then ":" and an API: why nothing is sent by it, for as long as that holds
OTHERS = "others:"  # begins the reason of a pause in which other channels take over
SMS_KEY = "wutong:sms"  # then ":begun:" and a notice, ":used:" or ":rests:" and the digest of a number: see workers/sms
EVERYTHING = "all"  # in the place of an API: all of them
EAST = 8 * 3600  # seconds: Shanghai is UTC+8 all year; the platform's days are its days
DELIVER_JOB = "workers.jobs.deliver"
FETCH_MEDIA_JOB = "workers.jobs.fetch_media"
PUSH_MENU_JOB = "workers.jobs.push_menu"
RETRAIN_JOB = "workers.jobs.retrain"
SIGN_IN_JOB = "workers.jobs.sign_in"
# Nobody reads results. A lost job loses nothing: the database says what is due.
JOB_OPTIONS: dict[str, Any] = {"job_timeout": 600, "result_ttl": 0, "failure_ttl": 86400}
# Of a sign-in somebody waits before a page; a later one is asked for anew.
SIGN_IN_OPTIONS = JOB_OPTIONS | {"job_timeout": 60, "failure_ttl": 60, "ttl": 60}
# Training may take long. If the job is lost before it has inserted the night's row, the clock enqueues another.
RETRAIN_OPTIONS = JOB_OPTIONS | {"job_timeout": 7200, "failure_ttl": 60}


def connect(url: str, *, timeout: float | None) -> Redis:
    """A client for `redis://` or `unix://` (the path may hold spaces). `timeout` of each call in seconds, None: none."""
    return Redis.from_url(url, socket_timeout=timeout, socket_connect_timeout=timeout or 5.0, max_connections=300)
