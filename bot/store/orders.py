"""Orders, their history and their invitations."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, select, union_all, update

from bot.orders.order import Order
from bot.orders.time_limits import limits
from bot.store import recurring
from bot.store.connections.statements import Prepared
from bot.store.database import Tx, for_change
from bot.store.persons.people import inserting
from bot.store.rows import HistoryLine, Offer
from bot.store.sealed import identity
from bot.store.tables import attachments, history, offers, orders

_SEALED = ("text_sealed", "place_sealed", "contact_sealed")
_HISTORY = ("order_id", "at", "action", "by", "by_id", "state", "note", "note_sealed", "previous")
_BY_ID = Prepared(lambda _: select(orders).where(orders.c.id == bindparam("of_id")))
_BY_ID_LOCKED = Prepared(lambda _: for_change(select(orders).where(orders.c.id == bindparam("of_id"))))
_BY_CODE = Prepared(lambda _: select(orders).where(orders.c.code == bindparam("code")))
_BY_CODE_LOCKED = Prepared(lambda _: for_change(select(orders).where(orders.c.code == bindparam("code"))))
_OF_SPLIT = select(orders).where(orders.c.split_from_id == bindparam("of_id")).order_by(orders.c.id)
_SPLIT_OFF = Prepared(lambda _: _OF_SPLIT)
_SPLIT_OFF_LOCKED = Prepared(lambda _: for_change(_OF_SPLIT))
_PENDING_OFFER = Prepared(
    lambda _: (
        select(offers)
        .where(offers.c.order_id == bindparam("of_id"), offers.c.state == "pending")
        .order_by(offers.c.id.desc())
    )
)
_NEEDING_INFO = Prepared(
    lambda _: for_change(
        select(orders)
        .where(orders.c.person_id == bindparam("of_id"), orders.c.state == "needs_info")
        .order_by(orders.c.id.desc())
        .limit(1)
    )
)
_WAS_INVITED = Prepared(
    lambda _: select(offers.c.id).where(
        offers.c.order_id == bindparam("of_id"), offers.c.person_id == bindparam("person")
    )
)
_INVITE = Prepared(
    lambda dialect: inserting(dialect, offers, ("order_id", "person_id", "state", "invited_at", "expires_at"))
)
_SETTLE = Prepared(
    lambda _: (
        update(offers)
        .where(offers.c.order_id == bindparam("of_id"), offers.c.state == "pending")
        .values(state=bindparam("new_state"))
    )
)


@cache
def _add_history(number: int) -> Prepared:
    """So many lines; their columns have the line's place behind their name."""
    lines = [{name: bindparam(f"{name}{at}", type_=history.c[name].type) for name in _HISTORY} for at in range(number)]
    return Prepared(lambda _: insert(history).values(lines).inline().returning(history.c.id))


@cache
def _add(columns: tuple[str, ...]) -> Prepared:
    return Prepared(lambda dialect: inserting(dialect, orders, columns, skip=["code"]).returning(orders))


@cache
def _change(columns: tuple[str, ...], as_read: bool) -> Prepared:
    """The row afterwards; `as_read`: only where state and version are as they were read."""
    statement = update(orders).where(orders.c.id == bindparam("of_id")).returning(orders)
    if as_read:
        statement = statement.where(
            orders.c.state == bindparam("of_state"), orders.c.version == bindparam("of_version")
        )
    return Prepared(lambda _: statement.values({name: bindparam(name) for name in columns}))


def split_off(tx: Tx, order_id: int, *, lock: bool = False) -> Sequence[Order]:
    """The orders that were made out of part of this one's words."""
    return tx.all(_SPLIT_OFF_LOCKED if lock else _SPLIT_OFF, of_id=order_id)


def add(tx: Tx, **values: object) -> Order | None:
    """The new order; None where another one has its code. Words, place and contact are given open and stored sealed."""
    whole = {**values, "limit_at": _limit_at(values)}
    return tx.first(_add(tuple(whole)), **_sealed(tx, str(values["code"]), whole))


def _limit_at(of: Mapping[str, Any]) -> datetime:
    return limits.counting(of["urgency"], of["state"], of.get("due_at"), of.get("step_due_at"))


def _sealed(tx: Tx, code: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values with the texts of sealed columns sealed, bound to the order."""
    sealed = {
        name: tx.vault.seal(values[name], identity.of("orders", name, code))
        for name in _SEALED
        if isinstance(values.get(name), str)
    }
    return {**values, **sealed}


def by_id(tx: Tx, order_id: int, *, lock: bool = False) -> Order:
    row = tx.first(_BY_ID_LOCKED if lock else _BY_ID, of_id=order_id)
    assert row is not None
    return row


def code_of_external(tx: Tx, external_id: str) -> str | None:
    """The order that another system handed in under this id."""
    found = tx.value(select(orders.c.code).where(orders.c.external_id == external_id))
    return str(found) if found is not None else None


def by_code(tx: Tx, code: str, *, lock: bool = False) -> Order | None:
    return tx.first(_BY_CODE_LOCKED if lock else _BY_CODE, code=code)


def move(tx: Tx, order: Order, values: dict[str, Any]) -> Order | None:
    """Change an order if nobody was faster (state and version are as read); None if somebody was. Words, place and contact
    are given open and stored sealed. A value that stays is not written: that would touch its indexes."""
    values = {**values, "limit_at": _limit_at({**order._asdict(), **values})}
    changed = {name: value for name, value in values.items() if getattr(order, name) != value}
    if order.created_at <= values["updated_at"] - recurring.SETTLED and recurring.is_counted(order, changed):
        recurring.changed(tx, order.created_at)
    values = _sealed(tx, order.code, {**changed, "version": order.version + 1})
    return tx.first(
        _change(tuple(values), True), **values, of_id=order.id, of_state=order.state, of_version=order.version
    )


def change(tx: Tx, order_id: int, **values: object) -> Order:
    """Columns that are no move; the row as it is afterwards."""
    row = tx.first(_change(tuple(values), False), **values, of_id=order_id)
    assert row is not None
    if not recurring.COUNTED.isdisjoint(values):
        recurring.changed(tx, row.created_at)
    return row


def change_notes(tx: Tx, order_id: int, notes: Mapping[int, tuple[str, bytes | None]]) -> None:
    """The notes of the order's whole history: by line, as everybody may read it and sealed; none where not named."""
    tx.run(update(history).where(history.c.order_id == order_id).values(note=None, note_sealed=None))
    for line, (shown, sealed) in notes.items():
        tx.run(update(history).where(history.c.id == line).values(note=shown, note_sealed=sealed))


def forget_who_spoke(tx: Tx, order: Order) -> None:
    """The history of an order that has become restricted names its resident no more."""
    own = (history.c.order_id == order.id, history.c.by_id == order.person_id)
    tx.run(update(history).where(*own).values(by_id=None))


def add_history(tx: Tx, lines: Sequence[Mapping[str, Any]]) -> list[int]:
    """The ids of the new lines, in turn. A note for `note_sealed` is given open and stored sealed."""
    values: dict[str, Any] = {}
    for at, line in enumerate(lines):
        note = line.get("note_sealed")
        if isinstance(note, str):
            key = identity.line(line["order_id"], line["action"], line["at"])
            note = tx.vault.seal(note, identity.of("history", "note_sealed", key))
        values |= {f"{name}{at}": line.get(name) for name in _HISTORY} | {f"note_sealed{at}": note}
    return sorted(row.id for row in tx.all(_add_history(len(lines)), **values))


def history_of(tx: Tx, order_id: int) -> Sequence[HistoryLine]:
    return tx.all(select(history).where(history.c.order_id == order_id).order_by(history.c.id))


def done_by(
    tx: Tx, person_id: int, actions: Collection[str], order_id: int | None, limit: int
) -> Sequence[HistoryLine]:  # fmt: skip
    """The newest of these actions that the person did, to one order or to any, the newest first."""
    query = select(history).where(history.c.by_id == person_id, history.c.action.in_(actions))
    if order_id is not None:
        query = query.where(history.c.order_id == order_id)
    return tx.all(query.order_by(history.c.id.desc()).limit(limit))


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


def pending_offer(tx: Tx, order_id: int) -> Offer | None:
    return tx.first(_PENDING_OFFER, of_id=order_id)


def needing_info(tx: Tx, person_id: int) -> Order | None:
    """The person's newest order about which staff have asked something; locked."""
    return tx.first(_NEEDING_INFO, of_id=person_id)


def was_invited(tx: Tx, order_id: int, person_id: int) -> bool:
    """Whether the person was invited to this order at any time."""
    return tx.first(_WAS_INVITED, of_id=order_id, person=person_id) is not None


def declined_by(tx: Tx, order_id: int) -> set[int]:
    """Who declined this order, let its invitation pass, or gave it back."""
    invited = select(offers.c.person_id).where(
        offers.c.order_id == order_id, offers.c.state.in_(("declined", "expired"))
    )
    returned = select(history.c.by_id.label("person_id")).where(
        history.c.order_id == order_id, history.c.action == "return"
    )
    return {row.person_id for row in tx.all(union_all(invited, returned))}


def invite(tx: Tx, order_id: int, person_id: int, now: datetime, expires_at: datetime) -> None:
    row = {
        "order_id": order_id,
        "person_id": person_id,
        "state": "pending",
        "invited_at": now,
        "expires_at": expires_at,
    }
    tx.write(_INVITE, row)


def renew_offer(tx: Tx, offer_id: int) -> None:
    """An invitation that was withdrawn is pending again, until the same time as before."""
    tx.run(update(offers).where(offers.c.id == offer_id).values(state="pending"))


def settle_offers(tx: Tx, order_id: int, state: str) -> None:
    """All pending invitations of the order end in `state`."""
    tx.write(_SETTLE, {"of_id": order_id, "new_state": state})


def attach(tx: Tx, **values: object) -> int:
    key = tx.run(insert(attachments).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])
