"""The office's hand on learned models: which one is in use, putting one in use that was made elsewhere, dropping it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.errors import NotFound, NotUnderstood
from bot.services.learning import schedule
from bot.services.learning.model_cache import opened
from bot.services.office import Office
from bot.store import models
from bot.understanding.models.label_model import Model, read_model

NAMED = 10
"""So many labels are named one by one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The model in use, and the newest that was made or tried; each None where there is none."""

    in_use: Row[Any] | None
    newest: Row[Any] | None


def show(office: Office) -> Shown:
    with office.db.reading() as tx:
        model_id = models.in_use(tx)
        return Shown(models.shown(tx, model_id) if model_id is not None else None, models.newest(tx))


def use(office: Office, content: bytes, now: datetime) -> tuple[Row[Any], list[str]]:
    """Put what `learn` wrote in use, measured where the office has a history; the labels that it may not decide.
    One of UNREADABLE where it is no model, NotUnderstood where its labels are not our categories."""
    codes = opened(office.reader, office.training_settings, content, {}).codes
    model = read_model(content, office.reader.vectorizer)
    if len(set(codes.values())) < 2:
        raise NotUnderstood("reading.model.no_codes", labels=named(model.labels))
    values = _worth(office, model)
    with office.db.transaction() as tx:
        model_id = models.add(tx, now, body=content, **values)
        models.put_in_use(tx, model_id, office.training_settings.kept_versions)
        row = models.shown(tx, model_id)
    return row, [label for label in model.labels if label not in codes]


def _worth(office: Office, model: Model) -> dict[str, Any]:
    """Measured on the rows held back every night. It may have learnt from some of them: then it seems better than it is."""
    from bot.services.learning import training  # not carried by every process that knows this command

    with office.db.reading() as tx:
        present_id = models.in_use(tx)
    comparison = training.examined(office, model, schedule.history(office), schedule.present(office, present_id))
    return training.facts(comparison) | {"rows": None} if comparison else {"labels": len(model.labels), "trust": {}}


def drop(office: Office) -> None:
    """From now on the rules read alone. NotFound where they do already."""
    with office.db.transaction() as tx:
        if not models.retire(tx):
            raise NotFound("reading.model.none")


def named(labels: Sequence[str]) -> str:
    return "、".join(labels[:NAMED]) + ("…" if len(labels) > NAMED else "")
