"""What others' orders, their history and notices still say of a person who is deleted: the numbers of the orders, and the
names that these orders knew. Stars stand in their place; what others said otherwise stays.

The box is left alone: what somebody reported stays as it was said, by the law that keeps it.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Table, select, update

from bot.orders.order import Order
from bot.services.office import Office
from bot.services.orders import shown
from bot.store.database import Tx
from bot.store.parts import parts
from bot.store.records import erase
from bot.store.sealed import identity
from bot.store.tables import history, notices, offers, orders

SHORTEST = 2  # characters of a name; one alone stands in too many words
PLACES: tuple[tuple[Table, tuple[str, ...], str], ...] = (
    (orders, ("text", "text_sealed"), "person_id"),
    (history, ("note", "note_sealed"), "by_id"),
    (notices, ("facts_sealed",), "order_id"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. A name may be somebody else's too: it counts only where somebody spoke who had to do with the
    orders, `involved`, and in notices about what they said."""

    codes: frozenset[str]
    names: frozenset[str]
    involved: frozenset[int]


Mentions = dict[str, list[Any]]  # by table, keys of rows


def wanted(office: Office, tx: Tx, gone: Sequence[Order]) -> Wanted:
    """Asked before the orders lose their words."""
    ids = [order.id for order in gone]
    names = {name for order in gone for name in shown.known_names(office, tx, order) if len(name) >= SHORTEST}
    acted = tx.all(select(history.c.by_id).where(history.c.order_id.in_(ids), history.c.by_id.is_not(None)))
    asked = tx.all(select(offers.c.person_id).where(offers.c.order_id.in_(ids)))
    told = tx.all(select(notices.c.person_id).where(notices.c.order_id.in_(ids)))
    people = {row[0] for row in (*acted, *asked, *told)} - {order.person_id for order in gone}
    return Wanted(frozenset(order.code for order in gone), frozenset(names), frozenset(people))


def find(tx: Tx, what: Wanted, gone: Collection[int]) -> Mentions:
    """Rows of others that hold a number or a name; `gone`: the orders that lose their words anyway."""
    found: Mentions = {}
    spoken = set[int]()  # orders of which somebody involved has said something
    if not what.codes:
        return found
    patterns = {with_names: _pattern(what, with_names=with_names) for with_names in (False, True)}
    for table, columns, by in PLACES:
        of = table.c.id if table is orders else table.c.order_id
        extra = [table.c[by].label("said_by"), of.label("of_order")]
        for page in erase.pages(tx, table, *(table.c[name] for name in columns), *extra):
            for row in page:
                if row.of_order in gone:
                    continue
                about = row.said_by in (spoken if table is notices else what.involved)
                if about:
                    spoken.add(row.of_order)
                if any(patterns[about].search(text) for text in _texts(tx, row, columns)):
                    found.setdefault(table.name, []).append(row.key)
    return found


def remove(tx: Tx, what: Wanted, found: Mentions) -> None:
    """Put stars in their place, also in notices that are still to be sent."""
    pattern = _pattern(what, with_names=True)

    def starred(text: str) -> str:
        return pattern.sub(lambda match: "*" * len(match[0]), text)

    for table, columns, _ in PLACES:
        keys = found.get(table.name, [])
        for some in parts(keys):
            for row in tx.all(select(table).where(table.c.id.in_(some))):
                values = {name: _changed(tx, table.name, row, name, starred) for name in columns}
                tx.run(update(table).where(table.c.id == row.id).values(**values))


def _pattern(what: Wanted, *, with_names: bool) -> re.Pattern[str]:
    parts = [rf"(?<!\d){re.escape(code)}(?!\d)" for code in sorted(what.codes)]
    if with_names:
        parts += [re.escape(name) for name in sorted(what.names, key=len, reverse=True)]
    return re.compile("|".join(parts))


def _texts(tx: Tx, row: Any, columns: Sequence[str]) -> Iterator[str]:
    for name in columns:
        value = getattr(row, name)
        try:
            text = tx.open(value) if isinstance(value, bytes) else value
        except InvalidTag:
            continue
        if text:
            yield text


def _changed(tx: Tx, table: str, row: Any, column: str, change: Callable[[str], str]) -> str | bytes | None:
    """The column's new value, sealed by the vault that sealed it before."""
    value: str | bytes | None = getattr(row, column)
    if not isinstance(value, bytes):
        return change(value) if value else value
    for vault in (tx.vault, tx.box):
        try:
            text = vault.open(value)
        except InvalidTag:
            continue
        return vault.seal(change(text or ""), identity.of_row(table, column, row))
    return value
