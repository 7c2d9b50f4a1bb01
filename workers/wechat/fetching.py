"""Bringing residents' files from the platform: what is done about each way in which that can fail."""

import logging
from contextlib import suppress
from datetime import datetime

from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DuplicateJobError

from bot.errors import ChannelError, Misconfigured, RetryLater
from bot.services.files import fetching, media
from bot.services.files.media import Kept
from bot.services.h5 import uploads
from bot.store.rows import PendingFile
from config.queues import FETCH_MEDIA_JOB, JOB_OPTIONS, MEDIA, SERIALIZER
from workers.resources import Desk
from workers.wechat.error_codes import Unknown
from workers.wechat.quota import worked_out

log = logging.getLogger(__name__)


def enqueue(desk: Desk, now: datetime) -> None:
    """A job per file and attempt; one already in the queue is not put there twice, one that was lost hinders nobody."""
    queue = Queue(MEDIA, connection=desk.redis, serializer=SERIALIZER)
    try:
        for row in fetching.due(desk, now):
            name = f"media-{row.id}-{row.attempts}"
            with suppress(DuplicateJobError):
                queue.enqueue(FETCH_MEDIA_JOB, row.id, job_id=name, unique=True, **JOB_OPTIONS)
    except RedisError as error:
        log.warning("files cannot be queued now: %s", error)


def fetch(desk: Desk, attachment_id: int, now: datetime) -> None:
    """Bring one file under VAR_DIR, once; the platform keeps it for three days."""
    row = fetching.begin(desk, attachment_id, now)
    if row is None:
        return
    try:
        media.store(desk, row, _file(desk, row))
    except media.Unfit as error:
        fetching.fail(desk, row, str(error))
    except RetryLater as error:
        fetching.postpone(desk, row, error.reason, now, worked_out(error.seconds))
    except (Misconfigured, Unknown) as error:
        fetching.postpone(desk, row, error.reason, now)
    except ChannelError as error:
        fetching.fail(desk, row, error.reason)
    except OSError as error:
        fetching.postpone(desk, row, f"cannot be kept: {error.strerror}", now)
        return
    uploads.drop(desk, row.media_id)


def _file(desk: Desk, row: PendingFile) -> Kept:
    """The file as it may be kept. Unfit, ChannelError."""
    if uploads.is_ours(row.media_id):
        from workers.wechat import pictures  # Pillow takes 3 MB, and most files come from the platform

        return pictures.cleaned(media.check(row.kind, uploads.content(desk, row.media_id)).content)
    return media.check(row.kind, desk.means.platform.file(row.media_id))
