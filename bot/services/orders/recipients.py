"""Whom an event of an order is told to."""

from bot.orders.lifecycle import State, Told
from bot.orders.order import Order
from bot.orders.restricted import READERS, is_restricted
from bot.orders.rights import ADMIN, STAFF
from bot.services.office import Office
from bot.services.restricted import knowing, reading
from bot.store import orders
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.reads import order_lists
from bot.store.rows import Offer

ALARMING = ("U0", "U1")


def recipients(tx: Tx, order: Order, kind: Told, former: list[int]) -> list[int]:
    """The persons of this kind who may know of the order. `former`: who was working on it before the action."""
    found = knowing.who_may_know(tx, order, _of_kind(tx, order, kind, former))
    return _or_next_level(tx, order, found) if kind in (Told.STAFF, Told.LEADERS) else found


def _of_kind(tx: Tx, order: Order, kind: Told, former: list[int]) -> list[int]:
    if kind is Told.RESIDENT:
        return [order.person_id]
    if kind is Told.HANDLER:
        return [order.handler_id] if order.handler_id is not None else []
    if kind is Told.FORMER:
        return [person for person in former if person != order.handler_id or order.state == State.CLOSED]
    if kind is Told.INVITEE:
        offer = orders.pending_offer(tx, order.id)
        return [offer.person_id] if offer is not None else []
    if kind is Told.MEMBERS:
        return _within_ring(tx, order)
    if kind is Told.FOLLOWERS:
        return [row.person_id for row in order_lists.merged_into(tx, order.id)]
    if kind is Told.STAFF or is_restricted(order):
        alarm = order.urgency == "U0" and not is_restricted(order)
        return knowing.who_may_know(tx, order, _of_duty(tx, order)) if alarm else staff_of(tx, order)
    return people.with_role(tx, (ADMIN,))


def working_on(order: Order, offer: Offer | None) -> list[int]:
    """The handler, and whoever is invited by the pending offer."""
    invited = offer.person_id if offer is not None else None
    return [person for person in (order.handler_id, invited) if person is not None]


def staff_of(tx: Tx, order: Order) -> list[int]:
    """Who answers for the order: its community's staff; where it has none, the whole office's. Nobody from whom it is kept."""
    if is_restricted(order):
        return _of_restricted(tx, order)
    return _or_next_level(tx, order, knowing.who_may_know(tx, order, _local_staff(tx, order)))


def on_duty(office: Office, tx: Tx, order: Order) -> list[int]:
    """Who is alerted when an order comes in: its community's staff; in danger the whole office's lead too, and whoever
    is on duty. Nobody from whom it is kept: where nobody else is left, the lead, and then the other communities."""
    told = sorted({*_of_duty(tx, order), *_put_on_duty(office, tx, order)})
    return _or_next_level(tx, order, knowing.who_may_know(tx, order, told))


def _of_duty(tx: Tx, order: Order) -> list[int]:
    found = _local_staff(tx, order)
    if order.urgency in ALARMING:
        found = sorted({*found, *people.with_role(tx, (ADMIN,))})
    return found


def _put_on_duty(office: Office, tx: Tx, order: Order) -> set[int]:
    """Of a danger to life whom an administrator put on duty (设置), as long as they are staff."""
    if order.urgency != "U0" or not office.duty:
        return set()
    return set(office.duty) & set(people.with_role(tx, (STAFF,)))


def _or_next_level(tx: Tx, order: Order, persons: list[int]) -> list[int]:
    """The persons; where an order is kept from all of them, the office's lead, then the staff of all communities."""
    if persons or not order.excludes or is_restricted(order):
        return persons
    levels = (knowing.who_may_know(tx, order, people.with_role(tx, (role,))) for role in (ADMIN, STAFF))
    return next((level for level in levels if level), [])


def _local_staff(tx: Tx, order: Order) -> list[int]:
    local = people.with_role(tx, (STAFF,), order.community) if order.community else []
    return local or people.with_role(tx, (STAFF, ADMIN))


def _of_restricted(tx: Tx, order: Order) -> list[int]:
    """The discipline staff; in danger those on duty too. Never anybody whom it is about, nor that person's unit: in
    danger others stand in, from other communities or the office. Empty where nobody is left."""
    officers = people.with_role(tx, (READERS,)) or people.with_role(tx, (ADMIN,))
    told = reading.allowed(tx, order, officers)
    if order.urgency != "U0":
        return told
    duty = reading.allowed(tx, order, knowing.who_may_know(tx, order, _of_duty(tx, order)))
    duty = duty or reading.allowed(tx, order, people.with_role(tx, (STAFF, ADMIN)))
    return sorted({*told, *duty})


def _within_ring(tx: Tx, order: Order) -> list[int]:
    community = order.community if order.ring < 2 else None
    return people.members_within(tx, community, order.grid if order.ring < 1 else None)
