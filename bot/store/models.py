"""Models trained from the office's history: the one in use, the nights of training, and the figures of each."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from bot.store.database import Tx
from bot.store.persons.people import insert_or_skip
from bot.store.schema.answers import console_answers
from bot.store.schema.installed import models
from bot.store.schema.settings import office_settings

SHOWN = tuple(column for column in models.c if column.name not in ("trust", "body"))


def in_use(tx: Tx) -> int | None:
    """The id of the model in use; None where the rules read alone."""
    found = tx.value(select(models.c.id).where(models.c.in_use.is_(True)))
    return int(found) if found is not None else None


def newest_in_use(tx: Tx) -> tuple[int | None, int | None, int | None]:
    """What a process looks for once a minute, in one statement: as `in_use`, and the ids of the newest rows of the answer
    book and of the office's settings that the console wrote (None: there is none)."""
    model = select(models.c.id).where(models.c.in_use.is_(True)).scalar_subquery()
    answer = select(func.max(console_answers.c.id)).scalar_subquery()
    setting = select(func.max(office_settings.c.id)).scalar_subquery()
    row = tx.run(select(model.label("model"), answer.label("answer"), setting.label("setting"))).one()
    return row.model, row.answer, row.setting


def content(tx: Tx, model_id: int) -> Row[Any] | None:
    """Body and trust of a model; None where its body was deleted."""
    return tx.first(select(models.c.body, models.c.trust).where(models.c.id == model_id, models.c.body.is_not(None)))


def shown(tx: Tx, model_id: int) -> Row[Any]:
    """A model's row without body and trust."""
    return tx.run(select(*SHOWN).where(models.c.id == model_id)).one()


def newest(tx: Tx) -> Row[Any] | None:
    """The newest row without body and trust, also of a night without a model; None where there is none."""
    return tx.first(select(*SHOWN).order_by(models.c.id.desc()).limit(1))


def was_tried(tx: Tx, night: date) -> bool:
    """Whether a training of this night has begun or ended."""
    return tx.first(select(models.c.id).where(models.c.night == night)) is not None


def begin(tx: Tx, night: date, now: datetime, state: str) -> int | None:
    """Insert the night's row; its id, or None where the night has one already."""
    values = {"night": night, "source": "nightly", "state": state, "made_at": now}
    found = tx.run(insert_or_skip(tx, models, values, on=["night"]).returning(models.c.id)).scalar()
    return int(found) if found is not None else None


def give_back(tx: Tx, night: date) -> None:
    """Delete the night's row if training has not ended, so that another worker may train."""
    tx.run(delete(models).where(models.c.night == night, models.c.state == "training"))


def add(tx: Tx, now: datetime, **values: object) -> int:
    """Insert a model that was handed in as a file; its id."""
    key = tx.run(insert(models).values(source="file", state="kept", made_at=now, **values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def finish(tx: Tx, model_id: int, **values: object) -> None:
    """Record the result of a night's training."""
    tx.run(update(models).where(models.c.id == model_id).values(**values))


def retire(tx: Tx) -> bool:
    """Put no model in use. Returns whether one was."""
    return bool(tx.run(update(models).where(models.c.in_use.is_(True)).values(in_use=None)).rowcount)


def put_in_use(tx: Tx, model_id: int, kept: int) -> None:
    """Put this model in use instead of the present one, and delete the bodies of all but the newest `kept`."""
    retire(tx)
    tx.run(update(models).where(models.c.id == model_id).values(in_use=True))
    whole = select(models.c.id).where(models.c.body.is_not(None)).order_by(models.c.id.desc())
    old = [row.id for row in tx.all(whole)][max(kept, 1) :]
    tx.run(update(models).where(models.c.id.in_(old), models.c.in_use.is_(None)).values(body=None))
