"""Finds what others' conversations still say of a person's orders: codes in replies, sessions and notices."""

from collections.abc import Collection
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Table

from bot.store.database import Tx
from bot.store.records import erase
from bot.store.retention import ENDED
from bot.store.tables import inbound, notices, sessions

Traces = dict[str, list[Any]]  # by table, keys of rows
# table, its sealed columns, the columns that are emptied with them
PLACES: tuple[tuple[Table, tuple[str, ...], tuple[str, ...]], ...] = (
    (inbound, ("body_sealed", "reply_sealed"), ("body_sealed", "reply_sealed")),
    (sessions, ("data_sealed",), ("data_sealed", "asked", "asked_at")),
    (notices, ("facts_sealed",), ("facts_sealed",)),
)


def find(tx: Tx, needles: Collection[str]) -> Traces:
    """Rows of anybody's that contain one of the needles. Notices that have not gone out yet are left alone."""
    found: Traces = {}
    for table, sealed, _ in PLACES:
        shown = [table.c[name] for name in sealed]
        extra = [notices.c.state] if table is notices else []
        for page in erase.pages(tx, table, *shown, *extra):
            found.setdefault(table.name, []).extend(
                row.key
                for row in page
                if (table is not notices or row.state in ENDED)
                and any(contains(tx, getattr(row, name), needles) for name in sealed)
            )
    return found


def remove(tx: Tx, found: Traces) -> None:
    """Empty what was found."""
    for table, _, emptied in PLACES:
        erase.blank_columns(tx, table, found.get(table.name, []), emptied)


def contains(tx: Tx, sealed: bytes | None, needles: Collection[str]) -> bool:
    """Whether the text holds one of the needles; False where no key opens it."""
    try:
        said = tx.open(sealed)
    except InvalidTag:
        return False
    return said is not None and any(needle in said for needle in needles)
