"""One night's training: a model of what staff decided, put in use only if it was measured to read better.

Whatever trains is opened with this module and by the process that trains alone; no other one carries it.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.services.learning import training_lock
from bot.services.learning.schedule import history, present
from bot.services.office import Office
from bot.store import models
from bot.training.corpus import Labelled
from bot.training.evaluation import Figures, tried, trust
from bot.training.labels import hold_back, train
from bot.understanding.decide.arbitration import Learned, learned
from bot.understanding.models.label_model import Model

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A new model and what it was measured on."""

    model: Model
    trust: dict[str, float]
    rows: int
    held: int
    figures: Figures


def retrain(office: Office, night: date, now: datetime) -> None:
    """Train on what is known, and put the result in use if it reads better. Does nothing if the night is taken.

    No transaction is open while it trains, which takes minutes.
    """
    model_id = training_lock.take(office.db, night, now, "training")
    if model_id is None:
        return
    with office.db.reading() as tx:
        present_id = models.in_use(tx)
    rows = history(office)
    comparison = _train(office, rows, present(office, present_id)) if _worth_learning(office, rows) else None
    if comparison is None:
        with office.db.transaction() as tx:
            models.finish(tx, model_id, state="few", rows=len(rows))
        log.info("nothing to learn on %s: %s rows of use", night, len(rows))
        return
    _say(night, comparison, _decide(office, model_id, present_id, comparison))


def _say(night: date, comparison: Comparison, what: str) -> None:
    figures = comparison.figures
    used = "none" if figures.present is None else f"{figures.present:.3f}"
    told = (
        night,
        comparison.rows,
        len(comparison.model.labels),
        comparison.held,
        figures.new,
        used,
        figures.rules,
        what,
    )
    log.info("learnt on %s from %s rows, %s labels; of %s held back %.3f right, in use %s, rules %.3f: %s", *told)


def _worth_learning(office: Office, rows: Sequence[Labelled]) -> bool:
    """Enough rows, and more than one label among those learnt from."""
    learnt, _ = hold_back(rows)
    return len(rows) >= office.training_settings.least_rows and len({label for _, label in learnt}) > 1


def _train(office: Office, rows: Sequence[Labelled], used: Learned | None) -> Comparison | None:
    """The fifth that is held back is the same every night and teaches none of them, so that the comparison is fair."""
    learnt, _ = hold_back(rows)
    return examined(office, train(learnt, office.reader.vectorizer), rows, used)


def examined(office: Office, model: Model, rows: Sequence[Labelled], used: Learned | None) -> Comparison | None:
    """What this model is worth to the service; None where there is nothing to measure it on."""
    learnt, held = hold_back(rows)
    if not held:
        return None
    usual = dict(trust(office.reader, learnt))
    new = learned(model.label, model.labels, office.reader.categories, usual, office.training_settings.bounds)
    return Comparison(model, usual, len(learnt), len(held), tried(office.reader, new, used, held))


def _decide(office: Office, model_id: int, present_id: int | None, comparison: Comparison) -> str:
    """Write down what came of it, and say it."""
    margin = office.training_settings.margin
    with office.db.transaction() as tx:
        overtaken = models.in_use(tx) != present_id
        if comparison.figures.keeps(margin) and not overtaken:
            models.finish(tx, model_id, state="kept", body=comparison.model.as_bytes(), **facts(comparison))
            models.put_in_use(tx, model_id, office.training_settings.kept_versions)
            return "it is in use"
        models.finish(tx, model_id, state="refused", **facts(comparison))
        if overtaken:
            return "not used, as the one in use was changed meanwhile"
        if comparison.figures.falls_behind(margin):
            models.retire(tx)
            return "not used, and the one in use is dropped: the rules read better"
    return "not used"


def facts(comparison: Comparison) -> dict[str, Any]:
    """The columns that say what it is worth."""
    return {
        "rows": comparison.rows, "held": comparison.held, "labels": len(comparison.model.labels), "trust": comparison.trust,
        "accuracy": comparison.figures.new, "accuracy_replaced": comparison.figures.present, "accuracy_rules": comparison.figures.rules,
    }  # fmt: skip
