"""The order that a page is about, and how much of it this person reads."""

from bot.errors import NotFound
from bot.orders import codes
from bot.orders.devices import hides_contact
from bot.orders.lifecycle import Actor
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.visibility import Visibility, visibility
from bot.services.console.seat import Seat
from bot.services.office import Office
from bot.services.orders import actors as acting
from bot.store import orders
from bot.store.database import Tx
from bot.store.persons import people


def may_open(office: Office, seat: Seat, code: str) -> None:
    """NotFound where the page of the order is not for this person."""
    with office.db.reading() as tx:
        order = known_order(tx, code)
        if order is None or not acting.actors(tx, order, seat.doer) & {Actor.STAFF, Actor.HANDLER, Actor.INVITEE}:
            raise NotFound("refused.no_such_order", code=code)


def decided(tx: Tx, seat: Seat, code: str) -> Order:
    """The order where this person decides on it. NotFound otherwise."""
    order = known_order(tx, code)
    if order is None or Actor.STAFF not in acting.actors(tx, order, seat.doer):
        raise NotFound("refused.no_such_order", code=code)
    return order


def known_order(tx: Tx, code: str) -> Order | None:
    order = orders.by_code(tx, code) if codes.is_valid(code) else None
    return None if order is None or is_restricted(order) else order


def found_for(tx: Tx, seat: Seat, code: str) -> tuple[Order, set[Actor]]:
    """The order, and what the person is to it: somebody who decides on it or has it in hand."""
    order = known_order(tx, code)
    known = acting.actors(tx, order, seat.doer) if order is not None else set()
    if order is None or not known & {Actor.STAFF, Actor.HANDLER, Actor.INVITEE}:
        raise NotFound("refused.no_such_order", code=code)
    return order, known


def visible_to(tx: Tx, seat: Seat, order: Order, known: set[Actor]) -> Visibility:
    """As its helper reads it, where the person is one; else as staff read it, also an own matter."""
    seen = visibility(order.state, known - {Actor.RESIDENT})
    return (
        Visibility.NEED
        if seen >= Visibility.HELPER and hides_contact(people.by_id(tx, seat.person_id), order)
        else seen
    )
