"""What no key opens, because DATA_KEY or BOX_KEY is lost: whether there is any, and how it is given up."""

from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Column, Row, Table, delete, select, update

from bot.store.database import Tx
from bot.store.schema.records import stored_keys
from bot.store.sealed import identity
from bot.store.sealed.reseal import PAGE, Pass
from bot.store.sealed.vault import Vault
from bot.store.tables import orders, sealed_matters, sealed_notes, sessions

DATA, BOX = "DATA_KEY", "BOX_KEY"
WORDS = {(orders.name, "text_sealed"): DATA, (sealed_notes.name, "note_sealed"): BOX}
"""Columns that may not be empty, of rows that stay: under which key another text takes the place of the lost one."""


def keys(tx: Tx) -> list[str]:
    """The names of the keys that do not open what the database holds: tried on the newest value of some columns."""
    # a matter or a session that is not in the box yet lies under DATA_KEY
    both = (tx.box, tx.vault)
    tried = (
        (DATA, stored_keys.c.key_sealed, (tx.vault,)),
        (BOX, sealed_matters.c.words_sealed, both),
        (BOX, sessions.c.data_sealed, both),
    )
    closed = dict.fromkeys(name for name, column, vaults in tried if not _newest_opens(tx, column, vaults))
    return list(closed)


def give_up(tx: Tx, over: Pass, after: Any | None, instead: str) -> tuple[Any | None, int]:
    """Empty what no key opens on the page of rows whose key follows `after` (None: from the first on): the key of the
    page's last row (None: it was the last page), and how many values were given up.

    Where a column may not be empty, the masked text or `instead` takes the place of an order's words; any other row is
    deleted.
    """
    (key,) = over.table.primary_key.columns
    column = over.table.c[over.column]
    query = select(over.table).where(column.is_not(None)).order_by(key).limit(PAGE)
    rows = tx.all(query if after is None else query.where(key > after))
    lost = [row for row in rows if not _opens((tx.vault, tx.box), getattr(row, over.column))]
    for row in lost:
        _give_up(tx, over.table, column, row, instead)
    return (getattr(rows[-1], key.name) if len(rows) == PAGE else None), len(lost)


def _give_up(tx: Tx, table: Table, column: Column[Any], row: Row[Any], instead: str) -> None:
    (key,) = table.primary_key.columns
    mine = key == getattr(row, key.name)
    holder = WORDS.get((table.name, column.name))
    if column.nullable:
        tx.run(update(table).where(mine).values({column.name: None}))
    elif holder:
        vault = tx.vault if holder == DATA else tx.box
        masked = row.text if table is orders else ""
        sealed = vault.seal(masked or instead, identity.of_row(table.name, column.name, row))
        tx.run(update(table).where(mine).values({column.name: sealed}))
    else:
        tx.run(delete(table).where(mine))


def _newest_opens(tx: Tx, column: Column[Any], vaults: tuple[Vault, ...]) -> bool:
    (key,) = column.table.primary_key.columns
    row = tx.first(select(column).where(column.is_not(None)).order_by(key.desc()).limit(1))
    return row is None or _opens(vaults, row[0])


def _opens(vaults: tuple[Vault, ...], sealed: bytes) -> bool:
    for vault in vaults:
        try:
            vault.open_bytes(sealed)
        except InvalidTag:
            continue
        return True
    return False
