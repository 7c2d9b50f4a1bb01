"""The jobs that RQ runs, by their dotted names; each may run twice, its arguments are ids."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DuplicateJobError

from bot.errors import ChannelError, Misconfigured, RetryLater
from bot.services import media
from bot.services.nudge import NUDGED_KEY
from config.queues import FETCH_MEDIA_JOB, JOB_OPTIONS, MEDIA, SERIALIZER
from workers.answers import Unknown
from workers.delivery import Delivery
from workers.desk import Desk, desk
from workers.quota import worked_out

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
        media.fail(known, row, str(error), now)
    except (RetryLater, Misconfigured, Unknown) as error:
        seconds = worked_out(error.seconds) if isinstance(error, RetryLater) else 0.0
        media.postpone(known, row, error.reason, now, seconds)
    except ChannelError as error:
        media.fail(known, row, error.reason, now)
    except OSError as error:
        media.postpone(known, row, f"cannot be kept: {error.strerror}", now, 0.0)


def _enqueue_media(known: Desk) -> None:
    """A job per file and attempt; one already in the queue is not put there twice, one that was lost hinders nobody."""
    queue = Queue(MEDIA, connection=known.redis, serializer=SERIALIZER)
    try:
        for row in media.due(known, datetime.now(UTC)):
            name = f"media-{row.id}-{row.attempts}"
            with suppress(DuplicateJobError):
                queue.enqueue(FETCH_MEDIA_JOB, row.id, job_id=name, unique=True, **JOB_OPTIONS)
    except RedisError as error:
        log.warning("files cannot be queued now: %s", error)


def push_menu(menu: dict[str, Any]) -> str:
    """Publish the account's menu (wechat-platform §3.6); "" or the platform's refusal."""
    try:
        desk().means.platform.menu.create(menu)
    except ChannelError as error:
        return error.reason
    return ""
