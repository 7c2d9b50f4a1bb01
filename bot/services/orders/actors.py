"""Who acts on an order, and what that person is to it."""

from dataclasses import dataclass, field

from bot.orders.lifecycle import Actor, State
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.restricted import box
from bot.store import orders
from bot.store.database import Tx
from bot.store.records import audit


@dataclass(frozen=True, slots=True)
class Doer:
    """Who acts. `person_id` None is the clock. `source`: from where, as the audit has it."""

    person_id: int | None
    name: str
    roles: frozenset[str] = field(default_factory=frozenset)
    communities: frozenset[str] = field(default_factory=frozenset)
    source: str = audit.CHAT

    def covers(self, community: str | None) -> bool:
        """Whether the person answers for this community as its staff or as the office's."""
        if "admin" in self.roles:
            return True
        return "staff" in self.roles and (community is None or community in self.communities)


CLOCK = Doer(None, "clock", source=audit.CLOCK)


def actors(tx: Tx, order: Order, by: Doer) -> set[Actor]:
    """What the person is to the order."""
    if by.person_id is None:
        return {Actor.CLOCK}
    found = set()
    if by.person_id == order.person_id:
        found.add(Actor.RESIDENT)
    if by.person_id == order.handler_id:
        found.add(Actor.HANDLER)
    if box.may_read(tx, order, by.person_id, by.roles) if is_restricted(order) else by.covers(order.community):
        found.add(Actor.STAFF)
    if "member" in by.roles and by.person_id != order.person_id:
        found.add(Actor.MEMBER)
    if order.state == State.OFFERED:
        offer = orders.pending_offer(tx, order.id)
        if offer is not None and offer.person_id == by.person_id:
            found.add(Actor.INVITEE)
    return found
