"""Takes out of the tables what is known of one person. Rows that others refer to stay, as ids and times."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, delete, select, update

from bot.orders.order import Order
from bot.store import recurring, retention
from bot.store.broadcasts import named
from bot.store.database import Tx, for_change
from bot.store.parts import parts
from bot.store.rows import Person
from bot.store.sending.notices import NOT_SENT
from bot.store.tables import (
    attachments,
    bind_codes,
    broadcast_people,
    broadcast_preferences,
    history,
    inbound,
    notices,
    orders,
    persons,
    roles,
    sealed_matters,
    sealed_notes,
    sessions,
)

PAGE = 500  # rows read at a time
NOTHING: dict[str, Any] = {
    "openid": None, "name": None, "phone_sealed": None, "phone_index": None, "subscribed": False, "unreachable": "deleted",
    "channels": None, "chat_until": None, "chat_left": 0, "click_until": None, "click_left": 0, "refused_templates": None,
    "bind_failures": 0, "bind_blocked_until": None, "moved_at": None,
}  # fmt: skip


def locked(tx: Tx, person_id: int) -> Person:
    """The person's row, locked: a message of theirs is done before, or comes after."""
    return tx.run(for_change(select(persons).where(persons.c.id == person_id))).one()


def orders_of(tx: Tx, person_id: int, until: datetime | None, *, lock: bool) -> Sequence[Order]:
    """The person's orders that were placed until then; None: all."""
    query = select(orders).where(orders.c.person_id == person_id).order_by(orders.c.id)
    if until is not None:
        query = query.where(orders.c.created_at <= until)
    return tx.all(for_change(query) if lock else query)


def has_newer(tx: Tx, person_id: int, than: datetime) -> bool:
    """Whether the person placed an order after that."""
    mine = (orders.c.person_id == person_id, orders.c.created_at > than)
    return tx.first(select(orders.c.id).where(*mine).limit(1)) is not None


def blank_order(tx: Tx, order_id: int) -> None:
    """Words, place, contact, notes, files' names and what notices said; of a restricted one also in the box."""
    retention.blank(tx, [order_id])
    blanked = update(orders).where(orders.c.id == order_id).values(grid=None, estate=None)
    recurring.changed(tx, tx.run(blanked.returning(orders.c.created_at)).scalar_one())
    tx.run(
        update(sealed_matters)
        .where(sealed_matters.c.order_id == order_id)
        .values(words_sealed=None, excluded_sealed=None)
    )
    tx.run(delete(sealed_notes).where(sealed_notes.c.order_id == order_id))
    gone = {"state": "removed", "path": None, "label_sealed": None, "media_id": None, "size": None, "reason": None}
    tx.run(update(attachments).where(attachments.c.order_id == order_id).values(**gone, due_at=None))
    silence(tx, notices.c.order_id == order_id)


def silence(tx: Tx, which: Any) -> None:
    """These notices lose what they say; those that nobody has sent are not sent."""
    tx.run(update(notices).where(which, notices.c.state.in_(NOT_SENT)).values(state="failed", reason="withdrawn"))
    tx.run(update(notices).where(which).values(facts_sealed=None))


def shorten_notices(tx: Tx, order_id: int) -> None:
    """Notices about the order's end say its code alone."""
    tx.run(update(notices).where(notices.c.order_id == order_id).values(facts_sealed=None))


def conversation(tx: Tx, person_id: int, kept: Collection[int], until: datetime | None) -> None:
    """The person's messages, session and notices, until then where it is given; notices about the orders in `kept`
    still go out. The session of who came back is about what is new."""
    said = inbound.c.person_id == person_id
    told = (notices.c.person_id == person_id) & notices.c.order_id.is_not(None) & notices.c.order_id.not_in(list(kept))
    if until is None:
        tx.run(delete(sessions).where(sessions.c.person_id == person_id))
    else:
        said, told = said & (inbound.c.received_at <= until), told & (notices.c.created_at <= until)
    tx.run(delete(inbound).where(said))
    silence(tx, told)


def keys_of(tx: Tx, openid: str) -> None:
    """Keys that older versions made hold the openid in the clear: of events, which name nobody else, and of notices."""
    for kind in ("e", "m"):
        tx.run(delete(inbound).where(inbound.c.key.startswith(f"{kind}:{openid}:", autoescape=True)))
    named = notices.c.once.contains(f":{openid}:", autoescape=True)
    tx.run(update(notices).where(named).values(once=None))


def place_of(tx: Tx, person_id: int) -> None:
    """Where the person lives, which is known to ask only once."""
    tx.run(update(persons).where(persons.c.id == person_id).values(place_sealed=None, community=None))


def broadcasts_of(tx: Tx, person_id: int, until: datetime | None, *, on_roster: bool) -> None:
    """Why the person stayed away from meetings, and the consent to service notices, until then where it is given. What somebody
    of the roster wishes to get stays with the roster."""
    told, wishes = broadcast_people.c.person_id == person_id, broadcast_preferences.c.person_id == person_id
    agreed = wishes
    if until is not None:
        told, agreed = (
            told & (broadcast_people.c.answered_at <= until),
            wishes & (broadcast_preferences.c.service_at <= until),
        )
    tx.run(update(broadcast_people).where(told).values(reason_sealed=None))
    tx.run(update(broadcast_preferences).where(agreed).values(service=False, service_at=None))
    if until is None and not on_roster:
        tx.run(delete(broadcast_preferences).where(wishes))


def account(tx: Tx, person_id: int, somebody: str) -> None:
    """The person's own row says nothing any more; lines of history name `somebody`."""
    silence(tx, notices.c.person_id == person_id)
    named.forget(tx, person_id)
    tx.run(delete(bind_codes).where(bind_codes.c.person_id == person_id))
    tx.run(update(history).where(history.c.by_id == person_id).values(by=somebody))
    tx.run(update(persons).where(persons.c.id == person_id).values(**NOTHING))


def is_on_roster(tx: Tx, person_id: int) -> bool:
    return tx.first(select(roles.c.id).where(roles.c.person_id == person_id)) is not None


def pages(tx: Tx, table: Table, *columns: Any) -> Any:
    """All rows of a table with a single primary key, a page at a time."""
    (key,) = table.primary_key.columns
    query = select(key.label("key"), *columns).order_by(key).limit(PAGE)
    page: Sequence[Row[Any]] = tx.all(query)
    while page:
        yield page
        page = tx.all(query.where(key > page[-1].key))


def blank_columns(tx: Tx, table: Table, keys: Sequence[Any], columns: Sequence[str]) -> None:
    """Empty these columns in these rows."""
    (key,) = table.primary_key.columns
    for some in parts(keys):
        tx.run(update(table).where(key.in_(some)).values(dict.fromkeys(columns)))
