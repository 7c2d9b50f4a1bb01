"""Who may know that an order is there: nobody whom its matter may be about."""

from collections.abc import Sequence

from bot.orders.order import Order
from bot.orders.visibility import names_of_excluded
from bot.store import exclusions, orders
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.sealed import box as store
from bot.store.sending import withdrawals


def may_know(tx: Tx, order: Order, person_id: int) -> bool:
    """Whether somebody may know of an order that is no restricted one: not of one that is kept from that person."""
    if not order.excludes or person_id == order.person_id:
        return True
    return not exclusions.is_kept_from(tx, order.id, exclusions.reader(tx, person_id, people.rights_of(tx, person_id)))


def who_may_know(tx: Tx, order: Order, persons: Sequence[int]) -> list[int]:
    """Those of the persons who may."""
    return [person for person in persons if may_know(tx, order, person)]


def keep_apart(tx: Tx, order: Order, sealed: Order) -> Order:
    """An ordinary order that was said together with a restricted one is kept from whom that is about."""
    return keep_from(tx, order, store.matter(tx, sealed.id).excluded)


def keep_from(tx: Tx, order: Order, found: store.Excluded) -> Order:
    """An order that is no restricted one is kept from these people and units from now on: they neither see it nor hear more of
    it. The order as it is afterwards."""
    persons = found.persons - {order.person_id}
    if not persons and not found.units:
        return order
    exclusions.add(tx, order.id, names_of_excluded(persons, found.units))
    order = orders.change(tx, order.id, excludes=True) if not order.excludes else order
    told = withdrawals.on_their_way(tx, order.id)
    withdrawals.withhold(tx, order.id, [one for one in told if not may_know(tx, order, one)])
    return order
