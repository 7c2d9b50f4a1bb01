"""The tables of the sealed box: the words of restricted matters and whom they are about, encrypted with the box's key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import bindparam, insert, or_, select, update

from bot.orders.order import Order
from bot.orders.restricted import RESTRICTED
from bot.store.connections.statements import Prepared
from bot.store.database import Tx
from bot.store.rows import SealedLine
from bot.store.sealed import identity
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
    """Persons whom a matter is about, and units whose people must not see it either (see `bot.services.restricted.accused`)."""

    persons: frozenset[int] = frozenset()
    units: frozenset[str] = frozenset()

    def __or__(self, other: "Excluded") -> "Excluded":
        return Excluded(self.persons | other.persons, self.units | other.units)


@dataclass(frozen=True, slots=True)
class Matter:
    """What the box holds of one matter; empty once it is deleted."""

    words: Words = field(default_factory=dict)
    excluded: Excluded = Excluded()


def put(tx: Tx, order_id: int, matter: Matter) -> None:
    """Insert or replace a matter."""
    mine = sealed_matters.c.order_id == order_id
    values = {
        "words_sealed": tx.seal_facts(matter.words, boxed=True, of=_of("words_sealed", order_id)),
        "excluded_sealed": tx.seal_facts(
            {"persons": sorted(matter.excluded.persons), "units": sorted(matter.excluded.units)},
            boxed=True,
            of=_of("excluded_sealed", order_id),
        ),
    }
    if not tx.run(update(sealed_matters).where(mine).values(**values)).rowcount:
        tx.run(insert(sealed_matters).values(order_id=order_id, **values))
    tx.summary.restricted = True


def _of(column: str, order_id: int) -> bytes:
    return identity.of("sealed_matters", column, order_id)


def matter(tx: Tx, order_id: int) -> Matter:
    """The matter of an order; empty where the box holds none."""
    tx.summary.restricted = True
    row = tx.first(select(sealed_matters).where(sealed_matters.c.order_id == order_id))
    if row is None:
        return Matter()
    excluded = tx.open_facts(row.excluded_sealed, _of("excluded_sealed", order_id))
    persons, units = frozenset(excluded.get("persons", ())), frozenset(excluded.get("units", ()))
    words = tx.open_facts(row.words_sealed, _of("words_sealed", order_id))
    return Matter(words, Excluded(persons, units))


def add_note(tx: Tx, order_id: int, history_id: int, note: str) -> None:
    """Store the note of one history line."""
    sealed = tx.box.seal(note, identity.of("sealed_notes", "note_sealed", history_id))
    tx.run(insert(sealed_notes).values(order_id=order_id, history_id=history_id, note_sealed=sealed))
    tx.summary.restricted = True


def notes_of(tx: Tx, order_id: int) -> Sequence[tuple[SealedLine, str]]:
    """(history line with id, at, action and by; note) of an order, oldest first."""
    query = select(history.c.id, history.c.at, history.c.action, history.c.by, sealed_notes.c.note_sealed)
    query = query.join(sealed_notes, sealed_notes.c.history_id == history.c.id)
    rows = tx.all(query.where(history.c.order_id == order_id).order_by(history.c.id))
    return [
        (row, tx.box.open(row.note_sealed, identity.of("sealed_notes", "note_sealed", row.id)) or "") for row in rows
    ]


def not_in_it(tx: Tx, limit: int) -> Sequence[Order]:
    """Restricted orders that the box holds nothing of, at most `limit`: their words are still in the common tables."""
    known = select(sealed_matters.c.order_id)
    query = select(orders).where(IS_RESTRICTED, orders.c.id.not_in(known))
    return tx.all(query.order_by(orders.c.id).limit(limit))


def holds(tx: Tx, order_id: int) -> bool:
    """Whether the box holds something of this order."""
    return tx.first(select(sealed_matters.c.order_id).where(sealed_matters.c.order_id == order_id)) is not None


def closed_of(tx: Tx, person_id: int) -> list[int]:
    """Ids of this person's closed orders that the box holds words of."""
    boxed = or_(orders.c.lane == RESTRICTED, orders.c.left_box.is_(True))
    mine = (orders.c.person_id == person_id, boxed, orders.c.state == "closed")
    return [row.id for row in tx.all(select(orders.c.id).where(*mine).order_by(orders.c.id))]


_TALKS_OF_ONE = Prepared(
    lambda _: (
        select(orders.c.id)
        .join(sessions, sessions.c.order_id == orders.c.id)
        .join(persons, persons.c.id == sessions.c.person_id)
        .where(persons.c.openid == bindparam("openid"), orders.c.lane == RESTRICTED)
    )
)


def talks_of_one(tx: Tx, openid: str) -> bool:
    """Whether the order at hand of this person's session is a restricted one."""
    return tx.first(_TALKS_OF_ONE, openid=openid) is not None
