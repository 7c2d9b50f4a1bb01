"""Orders, their history and their invitations."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, insert, or_, select, update

from bot.store.database import Tx, for_change
from bot.store.tables import attachments, history, offers, orders, roles


def code_taken(tx: Tx, code: str) -> bool:
    return tx.first(select(orders.c.id).where(orders.c.code == code)) is not None


def add(tx: Tx, **values: object) -> Row[Any]:
    row = tx.run(insert(orders).values(**values).returning(orders)).first()
    assert row is not None
    return row


def by_id(tx: Tx, order_id: int, *, lock: bool = False) -> Row[Any]:
    query = select(orders).where(orders.c.id == order_id)
    row = tx.first(for_change(query) if lock else query)
    assert row is not None
    return row


def code_of_external(tx: Tx, external_id: str) -> str | None:
    """The order that another system handed in under this id."""
    found = tx.value(select(orders.c.code).where(orders.c.external_id == external_id))
    return str(found) if found is not None else None


def by_code(tx: Tx, code: str, *, lock: bool = False) -> Row[Any] | None:
    query = select(orders).where(orders.c.code == code)
    return tx.first(for_change(query) if lock else query)


def move(tx: Tx, order: Row[Any], values: dict[str, Any]) -> Row[Any] | None:
    """Change an order if nobody was faster (state and version are as read); None if somebody was."""
    statement = (
        update(orders)
        .where(orders.c.id == order.id, orders.c.state == order.state, orders.c.version == order.version)
        .values(**values, version=order.version + 1)
        .returning(orders)
    )
    return tx.run(statement).first()


def change(tx: Tx, order_id: int, **values: object) -> Row[Any]:
    """Columns that are no move; the row as it is afterwards."""
    return tx.run(update(orders).where(orders.c.id == order_id).values(**values).returning(orders)).one()


def change_notes(tx: Tx, order_id: int, notes: Mapping[int, tuple[str, bytes | None]]) -> None:
    """The notes of the order's whole history: by line, as everybody may read it and sealed; none where not named."""
    tx.run(update(history).where(history.c.order_id == order_id).values(note=None, note_sealed=None))
    for line, (shown, sealed) in notes.items():
        tx.run(update(history).where(history.c.id == line).values(note=shown, note_sealed=sealed))


def add_history(tx: Tx, **values: object) -> int:
    key = tx.run(insert(history).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def history_of(tx: Tx, order_id: int) -> Sequence[Row[Any]]:
    return tx.all(select(history).where(history.c.order_id == order_id).order_by(history.c.id))


def of_resident(tx: Tx, person_id: int, states: Collection[str] | None = None) -> Sequence[Row[Any]]:
    """The newest first; restricted ones are never listed, since somebody else may hold the telephone."""
    mine = and_(orders.c.person_id == person_id, orders.c.lane != "restricted")
    query = select(orders).where(mine).order_by(orders.c.id.desc()).limit(20)
    return tx.all(query.where(orders.c.state.in_(states)) if states is not None else query)


def handled_by(tx: Tx, person_id: int) -> Sequence[Row[Any]]:
    """Orders in this person's hands, the oldest first."""
    return tx.all(
        select(orders).where(orders.c.handler_id == person_id, orders.c.state == "accepted").order_by(orders.c.id)
    )


def claims_of(tx: Tx, person_id: int) -> int:
    """How many orders the person has in hand."""
    return int(
        tx.value(select(func.count()).where(orders.c.handler_id == person_id, orders.c.state == "accepted")) or 0
    )


def offered_to(tx: Tx, person_id: int) -> Sequence[Row[Any]]:
    return tx.all(
        select(orders)
        .join(offers, offers.c.order_id == orders.c.id)
        .where(offers.c.person_id == person_id, offers.c.state == "pending", orders.c.state == "offered")
        .order_by(orders.c.id)
    )


def open_within(tx: Tx, communities: Collection[str], grids: Collection[str]) -> Sequence[Row[Any]]:
    """Open orders whose ring includes one of these grids or communities, the oldest first."""
    ring = orders.c.ring
    near = or_(
        ring >= 2,
        orders.c.community.is_(None),
        and_(ring == 1, orders.c.community.in_(communities)),
        and_(ring == 0, orders.c.grid.in_(grids)),
        and_(ring == 0, orders.c.grid.is_(None), orders.c.community.in_(communities)),
    )
    return tx.all(select(orders).where(orders.c.state == "open", near).order_by(orders.c.id).limit(20))


def for_staff(tx: Tx, communities: Collection[str] | None, states: Collection[str]) -> Sequence[Row[Any]]:
    """Orders of these communities (None: all) in these states; restricted ones never. U0 first, then the oldest."""
    query = select(orders).where(orders.c.state.in_(states), orders.c.lane != "restricted")
    if communities is not None:
        query = query.where(or_(orders.c.community.in_(communities), orders.c.community.is_(None)))
    return tx.all(query.order_by(orders.c.urgency, orders.c.id).limit(50))


def restricted(tx: Tx) -> Sequence[Row[Any]]:
    """Restricted matters that are not closed, the most urgent first, then the oldest."""
    query = select(orders).where(orders.c.lane == "restricted", orders.c.state != "closed")
    return tx.all(query.order_by(orders.c.urgency, orders.c.id))


def merged_into(tx: Tx, order_id: int) -> Sequence[Row[Any]]:
    """Orders that were closed as the same matter as this one."""
    return tx.all(select(orders).where(orders.c.merged_into_id == order_id, orders.c.outcome == "merged"))


def times_returned(tx: Tx, order_id: int) -> int:
    """How often somebody gave the order back."""
    query = select(func.count()).where(history.c.order_id == order_id, history.c.action == "return")
    return int(tx.value(query) or 0)


def sorted_by_staff(tx: Tx, order_id: int) -> bool:
    """Whether staff have said what the order is about."""
    said = history.c.action == "recategorise"
    return tx.first(select(history.c.id).where(history.c.order_id == order_id, said).limit(1)) is not None


def forget_contact(tx: Tx, person_id: int) -> None:
    """Full place and telephone leave the resident's closed orders; open ones need them until they are done."""
    closed = and_(orders.c.person_id == person_id, orders.c.state == "closed")
    tx.run(update(orders).where(closed).values(place_sealed=None, contact_sealed=None))


def pending_offer(tx: Tx, order_id: int) -> Row[Any] | None:
    return tx.first(
        select(offers).where(offers.c.order_id == order_id, offers.c.state == "pending").order_by(offers.c.id.desc())
    )


def held_by_strangers(tx: Tx) -> Sequence[Row[Any]]:
    """Orders whose handler, or whoever is invited to them, is on no roster any more; locked."""
    known = select(roles.c.person_id)
    invited = select(offers.c.order_id).where(offers.c.state == "pending", offers.c.person_id.not_in(known))
    held = or_(
        and_(orders.c.state == "accepted", orders.c.handler_id.is_not(None), orders.c.handler_id.not_in(known)),
        and_(orders.c.state == "offered", orders.c.id.in_(invited)),
    )
    return tx.all(for_change(select(orders).where(held).order_by(orders.c.id)))


def needing_info(tx: Tx, person_id: int) -> Row[Any] | None:
    """The person's newest order about which staff have asked something; locked."""
    mine = and_(orders.c.person_id == person_id, orders.c.state == "needs_info")
    return tx.first(for_change(select(orders).where(mine).order_by(orders.c.id.desc()).limit(1)))


def was_invited(tx: Tx, order_id: int, person_id: int) -> bool:
    """Whether the person was invited to this order at any time."""
    return (
        tx.first(select(offers.c.id).where(offers.c.order_id == order_id, offers.c.person_id == person_id)) is not None
    )


def declined_by(tx: Tx, order_id: int) -> set[int]:
    """Who declined this order or let its invitation pass."""
    query = select(offers.c.person_id).where(offers.c.order_id == order_id, offers.c.state.in_(("declined", "expired")))
    return {row.person_id for row in tx.all(query)}


def invite(tx: Tx, order_id: int, person_id: int, now: datetime, expires_at: datetime) -> None:
    tx.run(
        insert(offers).values(
            order_id=order_id, person_id=person_id, state="pending", invited_at=now, expires_at=expires_at
        )
    )


def settle_offers(tx: Tx, order_id: int, state: str) -> None:
    """All pending invitations of the order end in `state`."""
    tx.run(update(offers).where(offers.c.order_id == order_id, offers.c.state == "pending").values(state=state))


def attach(tx: Tx, **values: object) -> int:
    key = tx.run(insert(attachments).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])
