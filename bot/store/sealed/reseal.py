"""Encrypts values again: with the newest key, bound to their row, and in the box where their matter is restricted.

`pass_over` handles a page of one column in the caller's transaction and says where the next begins, so that messages
wait for no more than a page. A value that somebody changes meanwhile is left as it is: it is sealed newly then anyway.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import ColumnElement, LargeBinary, Row, Table, select, update

from bot.orders.restricted import RESTRICTED
from bot.store.database import Tx
from bot.store.sealed import identity
from bot.store.sealed.vault import Vault
from bot.store.tables import (
    IS_RESTRICTED,
    attachments,
    inbound,
    metadata,
    notices,
    orders,
    roles,
    sealed_matters,
    sealed_notes,
    sessions,
)

SEALED_FILE = ".sealed"  # end of the name of an encrypted file
PAGE = 500  # rows of one page


@dataclass(frozen=True, slots=True)
class Pass:
    """One column to go over. `where`: those rows alone; `boxed`: into the box, else each stays in its vault."""

    table: Table
    column: str
    where: ColumnElement[bool] | None = None
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What became of a page. `last`: the key of its last row; None where it was the last page."""

    last: Any | None
    resealed: int
    unreadable: int


def passes() -> Iterator[Pass]:
    """All columns: first what belongs into the box, then everything for its newest key and its row."""
    for table, column in ((sealed_matters, "words_sealed"), (sealed_matters, "excluded_sealed"),
                          (sealed_notes, "note_sealed"), (sessions, "data_sealed")):  # fmt: skip
        yield Pass(table, column, boxed=True)
    readers = inbound.c.person_id.in_(select(roles.c.person_id).where(roles.c.role == "discipline"))
    restricted = select(orders.c.id).where(orders.c.lane == RESTRICTED)
    yield Pass(inbound, "body_sealed", readers, boxed=True)
    yield Pass(inbound, "reply_sealed", readers, boxed=True)
    yield Pass(notices, "facts_sealed", notices.c.order_id.in_(restricted), boxed=True)
    yield Pass(attachments, "label_sealed", attachments.c.order_id.in_(restricted), boxed=True)
    yield from columns()


def columns() -> Iterator[Pass]:
    """Every encrypted column of every table."""
    for table in metadata.sorted_tables:
        for each in table.columns:
            if isinstance(each.type, LargeBinary) and each.name.endswith("_sealed"):
                yield Pass(table, each.name)


def pass_over(tx: Tx, over: Pass, after: Any | None) -> Page:
    """Seal a page of rows whose key follows `after` (None: from the first on)."""
    (key,) = over.table.primary_key.columns
    query = select(over.table).where(over.table.c[over.column].is_not(None)).order_by(key).limit(PAGE)
    if over.where is not None:
        query = query.where(over.where)
    rows = tx.all(query if after is None else query.where(key > after))
    done = [_one(tx, over, row) for row in rows]
    last = getattr(rows[-1], key.name) if len(rows) == PAGE else None
    return Page(last, done.count(True), done.count(None))


def _one(tx: Tx, over: Pass, row: Row[Any]) -> bool | None:
    """Whether it was sealed newly; None where no key opens it."""
    of, sealed = identity.of_row(over.table.name, over.column, row), getattr(row, over.column)
    vault = tx.box if over.boxed else _vault_of(tx, sealed, of)
    if vault is None:
        return None
    if vault.is_newest(sealed, of):
        return False
    try:
        content = tx.open_bytes(sealed, of)
    except InvalidTag:
        return None
    (key,) = over.table.primary_key.columns
    mine = (key == getattr(row, key.name), over.table.c[over.column] == sealed)
    return tx.run(update(over.table).where(*mine).values({over.column: vault.seal_bytes(content, of)})).rowcount == 1


def _vault_of(tx: Tx, sealed: bytes, of: bytes) -> Vault | None:
    for vault in (tx.vault, tx.box):
        try:
            vault.open_bytes(sealed, of)
        except InvalidTag:
            continue
        return vault
    return None


def _whole(tx: Tx, over: Pass) -> None:
    after, more = None, True
    while more:
        after = pass_over(tx, over, after).last
        more = after is not None


def around(tx: Tx, order_id: int) -> None:
    """Encrypt labels and notices of an order that became restricted with the box's key."""
    _whole(tx, Pass(attachments, "label_sealed", attachments.c.order_id == order_id, boxed=True))
    _whole(tx, Pass(notices, "facts_sealed", notices.c.order_id == order_id, boxed=True))


def messages_of(tx: Tx, person_id: int, since: datetime) -> None:
    """Encrypt this person's messages and replies from this moment on with the box's key."""
    mine = (inbound.c.person_id == person_id) & (inbound.c.received_at >= since)
    for column in ("body_sealed", "reply_sealed"):
        _whole(tx, Pass(inbound, column, mine, boxed=True))


def plain_files(tx: Tx, limit: int) -> Sequence[Row[Any]]:
    """Stored files of restricted orders that are not encrypted on the disk yet."""
    query = select(attachments.c.id, attachments.c.path).join(orders, orders.c.id == attachments.c.order_id)
    plain = (attachments.c.path.is_not(None), attachments.c.path.not_like(f"%{SEALED_FILE}"))
    return tx.all(query.where(IS_RESTRICTED, *plain).order_by(attachments.c.id).limit(limit))


def sealed_files(tx: Tx) -> Sequence[str]:
    """Paths of all encrypted files."""
    query = select(attachments.c.path).where(attachments.c.path.like(f"%{SEALED_FILE}"))
    return [row.path for row in tx.all(query.order_by(attachments.c.id))]
