"""Encrypted columns of rows that were read whole."""

from typing import Any, Protocol

from bot.store.sealed import identity


class Opens(Protocol):
    """A vault, or what opens with either vault: a transaction, the database."""

    def open(self, sealed: bytes | None, of: bytes | None = None) -> str | None: ...


def text(by: Opens, table: str, column: str, row: Any) -> str | None:
    """The decrypted text of a column; None where it is empty. InvalidTag where no key fits, or where the value is of
    another row."""
    return by.open(getattr(row, column), identity.of_row(table, column, row))
