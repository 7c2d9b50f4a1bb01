"""The jobs that RQ runs, by their dotted names; each may run twice, its arguments are ids."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DuplicateJobError

from bot.errors import ChannelError, Gone, Misconfigured, Refused
from bot.services import media
from bot.services.nudge import NUDGED_KEY
from config.queues import FETCH_MEDIA_JOB, JOB_OPTIONS, MEDIA, SERIALIZER
from workers.delivery import Delivery
from workers.desk import Desk, desk

log = logging.getLogger(__name__)

RUN_SECONDS = 300.0  # of one delivery job; then the next worker's turn

_stops: list[Callable[[], bool]] = []


def stop_when(asked: Callable[[], bool]) -> None:
    """Jobs end early, with everything written down, once `asked()` is true."""
    _stops.append(asked)


def deliver() -> int:
    """Send the notices that are due; how many were dealt with."""
    known = desk()
    with suppress(RedisError):  # first, so that what is written from now on nudges again
        known.redis.delete(NUDGED_KEY)
    _enqueue_media(known)
    return Delivery(known, lambda: any(asked() for asked in _stops)).run(RUN_SECONDS)


def fetch_media(attachment_id: int) -> None:
    """Bring one file from the platform (kept there for three days) under VAR_DIR."""
    known, now = desk(), datetime.now(UTC)
    row = media.begin(known, attachment_id, now)
    if row is None:
        return
    try:
        media.store(known, row, media.check(row.kind, known.means.platform.file(row.media_id)), now)
    except media.Unfit as error:
        media.fail(known, row, str(error), now, again=False)
    except ChannelError as error:
        lost = isinstance(error, Refused | Gone) and not isinstance(error, Misconfigured)
        media.fail(known, row, error.reason, now, again=not lost)


def _enqueue_media(known: Desk) -> None:
    """A job per file that waits; a file already in the queue is not put there twice."""
    queue = Queue(MEDIA, connection=known.redis, serializer=SERIALIZER)
    try:
        for found in media.due(known, datetime.now(UTC)):
            with suppress(DuplicateJobError):
                queue.enqueue(FETCH_MEDIA_JOB, found, job_id=f"media-{found}", unique=True, **JOB_OPTIONS)
    except RedisError as error:
        log.warning("files cannot be queued now: %s", error)


def push_menu(menu: dict[str, Any]) -> str:
    """Publish the account's menu (wechat-platform §3.6); "" or the platform's refusal."""
    try:
        desk().means.platform.menu.create(menu)
    except ChannelError as error:
        return error.reason
    return ""
