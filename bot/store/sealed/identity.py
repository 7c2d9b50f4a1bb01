"""What an encrypted value belongs to: table, column and a key of its row that never changes.

It is authenticated with the value, so that a value that was moved to another row or column does not open there.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any


def of(table: str, column: str, key: object) -> bytes:
    """The identity of one value."""
    return f"{table}.{column}:{key}".encode()


def at(moment: datetime) -> str:
    """A moment as part of a key: the same before it is stored and after."""
    return moment.astimezone(UTC).isoformat()


def line(order_id: int, action: str, moment: datetime) -> str:
    """The key of a line of history, whose id is not known before it is stored."""
    return f"{order_id}|{action}|{at(moment)}"


def attachment(order_id: int, moment: datetime) -> str:
    return f"{order_id}|{at(moment)}"


def of_recipient(broadcast_id: int, person_id: int) -> str:
    return f"{broadcast_id}|{person_id}"


def notice(event: str, order_id: int | None, broadcast_id: int | None, moment: datetime) -> str:
    """The key of what a notice says: the same for all persons who are told."""
    return f"{event}|{order_id}|{broadcast_id}|{at(moment)}"


# How the key follows from a row, by table. Every table with an encrypted column is here.
KEYS: Mapping[str, Callable[[Any], object]] = {
    "persons": lambda row: row.id,
    "orders": lambda row: row.code,
    "history": lambda row: line(row.order_id, row.action, row.at),
    "sealed_matters": lambda row: row.order_id,
    "sealed_notes": lambda row: row.history_id,
    "attachments": lambda row: attachment(row.order_id, row.created_at),
    "notices": lambda row: notice(row.event, row.order_id, row.broadcast_id, row.created_at),
    "broadcast_people": lambda row: of_recipient(row.broadcast_id, row.person_id),
    "inbound": lambda row: row.key,
    "sessions": lambda row: row.person_id,
    "stored_keys": lambda row: row.name,
    "accounts": lambda row: row.person_id,
    "console_drafts": lambda row: row.key,
    "console_codes": lambda row: row.code_index,
    "member_cards": lambda row: f"{row.person_id}|{row.field}",
    "h5_sign_ins": lambda row: row.state_index,
}


def of_row(table: str, column: str, row: Any) -> bytes:
    """The identity of a column of a row that was read whole."""
    return of(table, column, KEYS[table](row))


def of_file(path: str) -> bytes:
    """The identity of an encrypted file: its path relative to VAR_DIR."""
    return of("files", "media", path)
