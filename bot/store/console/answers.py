"""Rows of the answer book that the console wrote."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, insert, select

from bot.store import exclusions
from bot.store.database import Tx
from bot.store.exclusions import Reader
from bot.store.schema.answers import console_answers
from bot.store.tables import orders, persons

_BY, _OWNER = persons.alias(), persons.alias()
_SHOWN = (console_answers, _BY.c.name.label("by_name"), _OWNER.c.name.label("owner_name"))


def present(tx: Tx) -> Sequence[Row[Any]]:
    """The newest row of each entry, with the names of who wrote it and whose it is."""
    newest = select(func.max(console_answers.c.id)).group_by(console_answers.c.entry)
    return tx.all(_named().where(console_answers.c.id.in_(newest)).order_by(console_answers.c.entry))


def history(tx: Tx, entry: str) -> Sequence[Row[Any]]:
    """All rows of the entry, the newest first."""
    return tx.all(_named().where(console_answers.c.entry == entry).order_by(console_answers.c.id.desc()))


def newest_row(tx: Tx, entry: str) -> int | None:
    """The id of the entry's newest row; None where it stands in the files alone."""
    found = tx.value(select(func.max(console_answers.c.id)).where(console_answers.c.entry == entry))
    return int(found) if found is not None else None


def add(tx: Tx, **values: object) -> None:
    """One more change."""
    tx.run(insert(console_answers).values(**values))


def ending(tx: Tx, first: date, last: date) -> Sequence[Row[Any]]:
    """The newest rows of entries that are on, have an owner and hold until a day from the first to the last."""
    latest = select(func.max(console_answers.c.id)).group_by(console_answers.c.entry)
    query = select(console_answers).where(
        console_answers.c.id.in_(latest), console_answers.c.is_on, console_answers.c.owner_id.is_not(None),
        console_answers.c.valid_until.between(first, last),
    )  # fmt: skip
    return tx.all(query)


def newest(tx: Tx) -> int | None:
    """The id of the newest row of all; None where there is none."""
    found = tx.value(select(func.max(console_answers.c.id)))
    return int(found) if found is not None else None


def questions(
    tx: Tx, communities: Sequence[str] | None, reader: Reader, since: object, most: int
) -> Sequence[Row[Any]]:  # fmt: skip
    """The newest orders that are questions; communities None: of all."""
    query = select(orders).where(orders.c.lane == "question", exclusions.known_to(reader), orders.c.created_at >= since)
    if communities is not None:
        query = query.where(orders.c.community.in_(communities))
    return tx.all(query.order_by(orders.c.created_at.desc(), orders.c.id.desc()).limit(most))


def _named() -> Any:
    joined = console_answers.join(_BY, _BY.c.id == console_answers.c.by_id)
    return select(*_SHOWN).select_from(joined.outerjoin(_OWNER, _OWNER.c.id == console_answers.c.owner_id))
