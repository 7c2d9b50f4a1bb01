"""The service learns from the office's own history: once a night, and only what was measured to read better."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DuplicateJobError

from bot.services import nights
from bot.services.in_use import UNREADABLE, opened
from bot.services.office import Office
from bot.store import lessons as store
from bot.store import models
from bot.understanding.learned import Learned, learned
from bot.understanding.learning import Labelled, hold_back, train
from bot.understanding.lessons import Decided, lessons
from bot.understanding.model import Model
from bot.understanding.trial import Figures, tried, trust
from config.queues import LEARNING, RETRAIN_JOB, RETRAIN_OPTIONS, SERIALIZER, connect

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trial:
    """A new model and what it was measured on."""

    model: Model
    trust: dict[str, float]
    rows: int
    held: int
    figures: Figures


def send_for_it(office: Office, now: datetime) -> None:
    """The clock: from the office's hour on, until somebody has taken this night. Two clocks put one job in the queue."""
    night = _night(office, now)
    if night is None:
        return
    with office.db.reading() as tx:
        if models.was_tried(tx, night):
            return
        enough = store.are_enough(tx, office.schooling.least_rows)
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
    return here.date() if office.schooling.use and here.hour >= office.schooling.hour else None


def _too_few(office: Office, night: date, now: datetime) -> None:
    if nights.take(office.db, night, now, "few") is not None:
        log.info("nothing to learn on %s: fewer than %s orders decided", night, office.schooling.least_rows)


def retrain(office: Office, night: date, now: datetime) -> None:
    """Train on what is known, and put the result in use if it reads better. Does nothing if the night is taken.

    No transaction is open while it trains, which takes minutes.
    """
    model_id = nights.take(office.db, night, now, "training")
    if model_id is None:
        return
    with office.db.reading() as tx:
        present_id = models.in_use(tx)
    rows = history(office)
    if not _worth_learning(office, rows):
        with office.db.transaction() as tx:
            models.finish(tx, model_id, state="few", rows=len(rows))
        log.info("nothing to learn on %s: %s rows of use", night, len(rows))
        return
    trial = _train(office, rows, present(office, present_id))
    what = _decide(office, model_id, present_id, trial)
    _say(night, trial, what)


def _say(night: date, trial: Trial, what: str) -> None:
    figures = trial.figures
    used = "none" if figures.present is None else f"{figures.present:.3f}"
    told = (night, trial.rows, len(trial.model.labels), trial.held, figures.new, used, figures.rules, what)
    log.info("learnt on %s from %s rows, %s labels; of %s held back %.3f right, in use %s, rules %.3f: %s", *told)


def history(office: Office) -> list[Labelled]:
    """What staff decided, as rows to learn from."""
    with office.db.reading() as tx:
        found = store.decided(tx, office.schooling.most_rows)
    orders = (
        Decided(o.text, o.category, o.lane, o.outcome, bool(o.by_staff), bool(o.was_done), o.is_demo) for o in found
    )
    return lessons(orders, office.reader.categories, office.schooling.least_per_label)


def _worth_learning(office: Office, rows: Sequence[Labelled]) -> bool:
    """Enough rows, and more than one label among those learnt from."""
    learnt, held = hold_back(rows)
    return len(rows) >= office.schooling.least_rows and bool(held) and len({label for _, label in learnt}) > 1


def present(office: Office, model_id: int | None) -> Learned | None:
    """The model in use; None where there is none that can be read."""
    if model_id is None:
        return None
    with office.db.reading() as tx:
        found = models.content(tx, model_id)
    try:
        return opened(office.reader, office.schooling, found.body, found.trust or {}) if found else None
    except UNREADABLE:
        return None  # of another version


def _train(office: Office, rows: Sequence[Labelled], used: Learned | None) -> Trial:
    """The fifth that is held back is the same every night and teaches none of them, so that the comparison is fair."""
    learnt, held = hold_back(rows)
    model = train(learnt, office.reader.traits)
    return measured(office, model, learnt, held, used)


def measured(
    office: Office, model: Model, learnt: Sequence[Labelled], held: Sequence[Labelled], used: Learned | None
) -> Trial:
    """What this model is worth to the service."""
    usual = dict(trust(office.reader, learnt))
    new = learned(model.label, model.labels, office.reader.categories, usual, office.schooling.bounds)
    return Trial(model, usual, len(learnt), len(held), tried(office.reader, new, used, held))


def _decide(office: Office, model_id: int, present_id: int | None, trial: Trial) -> str:
    """Write down what came of it, and say it."""
    margin = office.schooling.margin
    with office.db.transaction() as tx:
        overtaken = models.in_use(tx) != present_id
        if trial.figures.keeps(margin) and not overtaken:
            models.finish(tx, model_id, state="kept", body=trial.model.as_bytes(), **facts(trial))
            models.put_in_use(tx, model_id, office.schooling.kept_versions)
            return "it is in use"
        models.finish(tx, model_id, state="refused", **facts(trial))
        if overtaken:
            return "not used, as the one in use was changed meanwhile"
        if trial.figures.falls_behind(margin):
            models.retire(tx)
            return "not used, and the one in use is dropped: the rules read better"
    return "not used"


def facts(trial: Trial) -> dict[str, Any]:
    """The columns that say what it is worth."""
    return {
        "rows": trial.rows, "held": trial.held, "labels": len(trial.model.labels), "trust": trial.trust,
        "accuracy": trial.figures.new, "accuracy_replaced": trial.figures.present, "accuracy_rules": trial.figures.rules,
    }  # fmt: skip
