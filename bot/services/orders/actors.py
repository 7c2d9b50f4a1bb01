"""Who acts on an order, and what that person is to it."""

from dataclasses import dataclass

from bot.orders.lifecycle import Actor, State
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.rights import MEMBER, NONE, Rights
from bot.services.restricted import box
from bot.store import orders
from bot.store.database import Tx
from bot.store.records import audit


@dataclass(frozen=True, slots=True)
class Doer:
    """Who acts. `person_id` None is the clock. `source`: from where, as the audit has it."""

    person_id: int | None
    name: str
    rights: Rights = NONE
    source: str = audit.CHAT


CLOCK = Doer(None, "clock", source=audit.CLOCK)


def actors(tx: Tx, order: Order, by: Doer) -> set[Actor]:
    """What the person is to the order."""
    if by.person_id is None:
        return {Actor.CLOCK}
    found = set()
    if by.person_id == order.person_id:
        found.add(Actor.RESIDENT)
    if not box.may_know(tx, order, by.person_id):
        return found
    if by.person_id == order.handler_id:
        found.add(Actor.HANDLER)
    if (
        box.may_read(tx, order, by.person_id, by.rights)
        if is_restricted(order)
        else by.rights.answers_for(order.community)
    ):
        found.add(Actor.STAFF)
    if by.rights.holds(MEMBER) and by.person_id != order.person_id:
        found.add(Actor.MEMBER)
    if order.state == State.OFFERED:
        offer = orders.pending_offer(tx, order.id)
        if offer is not None and offer.person_id == by.person_id:
            found.add(Actor.INVITEE)
    return found
