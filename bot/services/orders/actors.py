"""Who acts on an order, and what that person is to it."""

from dataclasses import dataclass
from datetime import timedelta

from bot.orders.lifecycle import Actor, State
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.rights import MEMBER, NONE, Rights
from bot.services.restricted import knowing, reading
from bot.store import orders
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.rows import Offer


@dataclass(frozen=True, slots=True)
class Doer:
    """Who acts. `person_id` None is the clock. `source`: from where, as the audit has it. `told_after`: notices of what is
    done go out so much later, so that it can be undone before anybody has heard of it."""

    person_id: int | None
    name: str
    rights: Rights = NONE
    source: str = audit.CHAT
    told_after: timedelta = timedelta()


CLOCK = Doer(None, "clock", source=audit.CLOCK)


def pending_offer(tx: Tx, order: Order) -> Offer | None:
    """The invitation that waits for an answer."""
    return orders.pending_offer(tx, order.id) if order.state == State.OFFERED else None


def actors(tx: Tx, order: Order, by: Doer) -> set[Actor]:
    """What the person is to the order."""
    return actors_with(tx, order, by, pending_offer(tx, order))


def actors_with(tx: Tx, order: Order, by: Doer, offer: Offer | None) -> set[Actor]:
    """The same where the pending invitation is known."""
    if by.person_id is None:
        return {Actor.CLOCK}
    found = set()
    if by.person_id == order.person_id:
        found.add(Actor.RESIDENT)
    if not knowing.may_know(tx, order, by.person_id):
        return found
    if by.person_id == order.handler_id:
        found.add(Actor.HANDLER)
    if (
        reading.may_read(tx, order, by.person_id, by.rights)
        if is_restricted(order)
        else by.rights.answers_for(order.community)
    ):
        found.add(Actor.STAFF)
    if by.rights.holds(MEMBER) and by.person_id != order.person_id:
        found.add(Actor.MEMBER)
    if offer is not None and offer.person_id == by.person_id:
        found.add(Actor.INVITEE)
    return found
