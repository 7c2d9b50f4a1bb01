"""The sealed box: what was said in restricted matters and whom they are about, under the box's own key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from bot.store.database import Tx
from bot.store.tables import (
    IS_RESTRICTED,
    history,
    orders,
    persons,
    sealed_matters,
    sealed_notes,
    sessions,
)

Words = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Excluded:
    """Whom a matter is about: persons, and units whose people must not see it either (see `bot.services.restricted.accused`)."""

    persons: frozenset[int] = frozenset()
    units: frozenset[str] = frozenset()

    def __or__(self, other: "Excluded") -> "Excluded":
        return Excluded(self.persons | other.persons, self.units | other.units)


@dataclass(frozen=True, slots=True)
class Matter:
    """The content of one matter in the box; empty where it was forgotten."""

    words: Words = field(default_factory=dict)
    excluded: Excluded = Excluded()


def put(tx: Tx, order_id: int, matter: Matter) -> None:
    """Into the box, for the first time or again."""
    mine = sealed_matters.c.order_id == order_id
    values = {
        "words_sealed": tx.seal_facts(matter.words, boxed=True),
        "excluded_sealed": tx.seal_facts(
            {"persons": sorted(matter.excluded.persons), "units": sorted(matter.excluded.units)}, boxed=True
        ),
    }
    if not tx.run(update(sealed_matters).where(mine).values(**values)).rowcount:
        tx.run(insert(sealed_matters).values(order_id=order_id, **values))
    tx.restricted.add(order_id)


def matter(tx: Tx, order_id: int) -> Matter:
    """What the box holds of an order."""
    tx.restricted.add(order_id)
    row = tx.first(select(sealed_matters).where(sealed_matters.c.order_id == order_id))
    if row is None:
        return Matter()
    excluded = tx.open_facts(row.excluded_sealed)
    persons, units = frozenset(excluded.get("persons", ())), frozenset(excluded.get("units", ()))
    return Matter(tx.open_facts(row.words_sealed), Excluded(persons, units))


def add_note(tx: Tx, order_id: int, history_id: int, note: str) -> None:
    """The words of one line of the order's history."""
    sealed = tx.box.seal(note)
    tx.run(insert(sealed_notes).values(order_id=order_id, history_id=history_id, note_sealed=sealed))
    tx.restricted.add(order_id)


def notes_of(tx: Tx, order_id: int) -> Sequence[tuple[Row[Any], str]]:
    """(line of history: id, at, action, by; its words), the oldest first."""
    query = select(history.c.id, history.c.at, history.c.action, history.c.by, sealed_notes.c.note_sealed)
    query = query.join(sealed_notes, sealed_notes.c.history_id == history.c.id)
    rows = tx.all(query.where(history.c.order_id == order_id).order_by(history.c.id))
    return [(row, tx.box.open(row.note_sealed) or "") for row in rows]


def remove(tx: Tx, order_id: int) -> None:
    """The matter is no longer a restricted one."""
    tx.run(delete(sealed_notes).where(sealed_notes.c.order_id == order_id))
    tx.run(delete(sealed_matters).where(sealed_matters.c.order_id == order_id))


def not_in_it(tx: Tx, limit: int) -> Sequence[Row[Any]]:
    """Restricted orders whose words are still in the common tables."""
    known = select(sealed_matters.c.order_id)
    query = select(orders).where(IS_RESTRICTED, orders.c.id.not_in(known))
    return tx.all(query.order_by(orders.c.id).limit(limit))


def holds(tx: Tx, order_id: int) -> bool:
    return tx.first(select(sealed_matters.c.order_id).where(sealed_matters.c.order_id == order_id)) is not None


def closed_of(tx: Tx, person_id: int) -> list[int]:
    """Closed restricted orders of this person."""
    mine = (orders.c.person_id == person_id, orders.c.lane == "restricted", orders.c.state == "closed")
    return [row.id for row in tx.all(select(orders.c.id).where(*mine).order_by(orders.c.id))]


def talks_of_one(tx: Tx, openid: str) -> bool:
    """Whether this person's conversation is about a restricted matter."""
    query = select(orders.c.id).join(sessions, sessions.c.order_id == orders.c.id)
    query = query.join(persons, persons.c.id == sessions.c.person_id)
    return tx.first(query.where(persons.c.openid == openid, orders.c.lane == "restricted")) is not None
