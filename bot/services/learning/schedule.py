"""The service learns from the office's own history: when that is to happen, what there is to learn from, and what it knows."""

import logging
from contextlib import suppress
from datetime import date, datetime

from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DuplicateJobError

from bot.services.learning import training_lock
from bot.services.learning.model_cache import UNREADABLE, opened
from bot.services.learning.rows import Decided, training_rows
from bot.services.office import Office
from bot.store import models
from bot.store.reads import training_rows as store
from bot.training.corpus import Labelled
from bot.understanding.decide.arbitration import Learned
from config.queues import LEARNING, RETRAIN_JOB, RETRAIN_OPTIONS, SERIALIZER, connect

log = logging.getLogger(__name__)


def send_for_it(office: Office, now: datetime) -> None:
    """The clock: from the office's hour on, until somebody has taken this night. Two clocks put one job in the queue."""
    night = _night(office, now)
    if night is None:
        return
    with office.db.reading() as tx:
        if models.was_tried(tx, night):
            return
        enough = store.are_enough(tx, office.training_settings.least_rows)
    if not enough:
        _too_few(office, night, now)
        return
    try:
        with connect(office.settings.redis, timeout=2.0) as redis, suppress(DuplicateJobError):
            queue = Queue(LEARNING, connection=redis, serializer=SERIALIZER)
            queue.enqueue(RETRAIN_JOB, night.isoformat(), job_id=f"retrain-{night}", unique=True, **RETRAIN_OPTIONS)
    except (RedisError, OSError) as error:
        log.warning("training cannot be queued now: %s", error)


def _night(office: Office, now: datetime) -> date | None:
    """The office's date once its hour has come; None before, and where it does not want to learn."""
    here = now.astimezone(office.calendar.zone)
    return here.date() if office.training_settings.use and here.hour >= office.training_settings.hour else None


def _too_few(office: Office, night: date, now: datetime) -> None:
    if training_lock.take(office.db, night, now, "few") is not None:
        log.info("nothing to learn on %s: fewer than %s orders decided", night, office.training_settings.least_rows)


def history(office: Office) -> list[Labelled]:
    """What staff decided, as rows to learn from."""
    with office.db.reading() as tx:
        found = store.decided(tx, office.training_settings.most_rows)
    orders = (
        Decided(o.text, o.category, o.lane, o.outcome, bool(o.by_staff), bool(o.was_done), o.is_demo) for o in found
    )
    return training_rows(orders, office.reader.categories, office.training_settings.least_per_label)


def present(office: Office, model_id: int | None) -> Learned | None:
    """The model in use; None where there is none that can be read."""
    if model_id is None:
        return None
    with office.db.reading() as tx:
        found = models.content(tx, model_id)
    try:
        return opened(office.reader, office.training_settings, found.body, found.trust or {}) if found else None
    except UNREADABLE:
        return None  # of another version
