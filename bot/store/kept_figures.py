"""Figures that the clock counts for the metrics, where there is much to count."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from bot.store.database import Tx
from bot.store.schema.kept_sums import kept_figures

Figures = Sequence[Mapping[str, Any]]
"""Labels with their values, and `number`."""


def since(tx: Tx, moment: datetime) -> dict[str, Figures]:
    """By name, those that were counted since."""
    return {row.name: row.figures for row in tx.all(select(kept_figures).where(kept_figures.c.counted_at >= moment))}


def put(tx: Tx, name: str, figures: Figures, now: datetime) -> None:
    tx.run(delete(kept_figures).where(kept_figures.c.name == name))
    tx.run(insert(kept_figures).values(name=name, figures=list(figures), counted_at=now))
