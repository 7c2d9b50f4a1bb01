"""Encrypts rows of the sealed box again with its newest key, and rows of matters that became restricted."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import ColumnElement, Row, Table, select, update

from bot.orders.restricted import RESTRICTED
from bot.store.database import Tx
from bot.store.tables import (
    IS_RESTRICTED,
    attachments,
    inbound,
    notices,
    orders,
    roles,
    sealed_matters,
    sealed_notes,
    sessions,
)

SEALED_FILE = ".sealed"  # end of the name of an encrypted file
PAGE = 500  # rows read at a time

_OF_THE_BOX = ((sealed_matters, "words_sealed"), (sealed_matters, "excluded_sealed"), (sealed_notes, "note_sealed"))
_SHARED = (
    (notices, "facts_sealed"), (attachments, "label_sealed"), (inbound, "body_sealed"), (inbound, "reply_sealed"),
)  # fmt: skip


def around(tx: Tx, order_id: int) -> None:
    """Encrypt labels and notices of an order that became restricted with the box's key."""
    _reseal(tx, attachments, "label_sealed", attachments.c.order_id == order_id)
    _reseal(tx, notices, "facts_sealed", notices.c.order_id == order_id)


def messages_of(tx: Tx, person_id: int, since: datetime) -> None:
    """Encrypt this person's messages and replies from this moment on with the box's key."""
    for column in ("body_sealed", "reply_sealed"):
        _reseal(tx, inbound, column, (inbound.c.person_id == person_id) & (inbound.c.received_at >= since))


def everything(tx: Tx) -> None:
    """Encrypt everything of the box with its newest key, conversations included."""
    for table, column in (*_OF_THE_BOX, (sessions, "data_sealed")):
        _reseal(tx, table, column)
    readers = inbound.c.person_id.in_(select(roles.c.person_id).where(roles.c.role == "discipline"))
    restricted = select(orders.c.id).where(orders.c.lane == RESTRICTED)
    _reseal(tx, inbound, "body_sealed", readers)
    _reseal(tx, inbound, "reply_sealed", readers)
    _reseal(tx, notices, "facts_sealed", notices.c.order_id.in_(restricted))
    _reseal(tx, attachments, "label_sealed", attachments.c.order_id.in_(restricted))
    for table, column in _SHARED:
        _reseal(tx, table, column, boxed=True)


def plain_files(tx: Tx, limit: int) -> Sequence[Row[Any]]:
    """Stored files of restricted orders that are not encrypted on the disk yet."""
    query = select(attachments.c.id, attachments.c.path).join(orders, orders.c.id == attachments.c.order_id)
    plain = (attachments.c.path.is_not(None), attachments.c.path.not_like(f"%{SEALED_FILE}"))
    return tx.all(query.where(IS_RESTRICTED, *plain).order_by(attachments.c.id).limit(limit))


def _reseal(
    tx: Tx, table: Table, column: str, where: ColumnElement[bool] | None = None, *, boxed: bool = False
) -> None:  # fmt: skip
    """Encrypt one column anew in the rows that meet `where`; with `boxed` only what the box's keys open."""
    key, sealed = next(iter(table.primary_key.columns)), table.c[column]
    for row in _rows(tx, key, sealed, where):
        if tx.box.is_newest(row.sealed):
            continue
        try:
            text = tx.box.open(row.sealed) if boxed else tx.open(row.sealed)
        except InvalidTag:  # encrypted with another key
            continue
        tx.run(update(table).where(key == row.key).values({column: tx.box.seal(text)}))


def _rows(tx: Tx, key: Any, sealed: Any, where: ColumnElement[bool] | None) -> Iterator[Row[Any]]:
    query = select(key.label("key"), sealed.label("sealed")).where(sealed.is_not(None)).order_by(key).limit(PAGE)
    if where is not None:
        query = query.where(where)
    page = tx.all(query)
    while page:
        yield from page
        page = tx.all(query.where(key > page[-1].key))
