"""Searches every table for one person: by the columns that name the person, and by words in any column, opened."""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import LargeBinary, Row, Table, or_, select

from bot.orders.order import Order
from bot.store.broadcasts import named
from bot.store.database import Tx
from bot.store.records import erase
from bot.store.records.register import OF_ORDER, register
from bot.store.tables import broadcasts, metadata, orders

AUDIENCES = broadcasts.name


@dataclass(frozen=True, slots=True)
class Found:
    """A row that says something: its table, its key, and the order it belongs to."""

    table: str
    key: Any
    order_id: int | None


def of_person(tx: Tx, table: Table, persons: Collection[int]) -> tuple[int, list[Found]]:
    """How many rows of the table name one of the persons, and those whose personal columns are not empty."""
    entry = register()[table.name]
    conditions = [table.c[name].in_(persons) for name in entry.whose if name != OF_ORDER]
    if OF_ORDER in entry.whose:
        conditions.append(table.c.order_id.in_(select(orders.c.id).where(orders.c.person_id.in_(persons))))
    if not conditions or not persons:
        return 0, []
    rows = tx.all(select(table).where(or_(*conditions)))
    full = [row for row in rows if any(_says(tx, getattr(row, name)) for name in entry.personal)]
    return len(rows), [_found(table, row) for row in full]


def orders_of(tx: Tx, person_id: int) -> Sequence[Order]:
    """All orders of the resident, oldest first."""
    return tx.all(select(orders).where(orders.c.person_id == person_id).order_by(orders.c.id))


def in_audiences(tx: Tx, persons: Collection[int]) -> list[Found]:
    """The broadcasts whose list of names still names one of the persons."""
    return [Found(AUDIENCES, number, None) for number in named.naming(tx, persons)]


def containing(tx: Tx, table: Table, *needles: Collection[str]) -> tuple[int, list[list[Found]]]:
    """How many rows the table has, and for each list of needles those rows in which any column holds one of them; a number not
    within a longer one."""
    number, found = 0, [list[Found]() for _ in needles]
    wanted = [_pattern(each) for each in needles]
    for row in chain.from_iterable(erase.pages(tx, table, *table.columns)):
        number += 1
        texts = list(_shown(tx, table, row))
        for pattern, rows in zip(wanted, found, strict=True):
            if pattern is not None and any(map(pattern.search, texts)):
                rows.append(_found(table, row))
    return number, found


def _pattern(needles: Collection[str]) -> re.Pattern[str] | None:
    """Any of these words, also as JSON writes it; None for none."""
    forms = dict.fromkeys(form for each in needles for form in (each, json.dumps(each)[1:-1]))
    parts = [rf"(?<!\d){form}(?!\d)" if form.isdigit() else re.escape(form) for form in forms]
    return re.compile("|".join(parts)) if parts else None


def tables() -> Sequence[Table]:
    """Every table of the database."""
    return metadata.sorted_tables


def _shown(tx: Tx, table: Table, row: Row[Any]) -> Iterator[str]:
    for column in table.columns:
        value = getattr(row, column.name)
        if value is None:
            continue
        if not isinstance(column.type, LargeBinary):
            yield str(value)
        elif column.name.endswith("_sealed"):
            try:
                yield tx.open(value) or ""
            except (InvalidTag, UnicodeDecodeError):
                continue


def _says(tx: Tx, value: Any) -> bool:
    """Whether a personal column holds something; what no key opens counts."""
    if isinstance(value, bytes):
        try:
            return bool(tx.open(value))
        except (InvalidTag, UnicodeDecodeError):
            return True
    return value not in (None, "", [])


def _found(table: Table, row: Row[Any]) -> Found:
    (key,) = table.primary_key.columns
    order_id = row.id if table.name == "orders" else getattr(row, "order_id", None)
    return Found(table.name, getattr(row, key.name), order_id)
