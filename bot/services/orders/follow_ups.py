"""What an action brings with it: others' orders that hung on this one, and the office's word when it goes wrong again."""

from datetime import datetime

from bot.orders.effects import EFFECTS
from bot.orders.order import Order
from bot.services.office import Office
from bot.services.orders.actions import perform
from bot.services.orders.actors import CLOCK
from bot.store import orders
from bot.store.database import Tx
from bot.store.reads import order_lists


def follow(office: Office, tx: Tx, order: Order, action: str, now: datetime) -> None:
    """To be called after `action` on `order`, in the same transaction."""
    effects = EFFECTS[action]
    if effects.merged is not None:
        for merged in order_lists.merged_into(tx, order.id):
            if merged.person_id == order.person_id:  # one resident's own: withdrawn with it
                continue
            perform(office, tx, merged, effects.merged, by=CLOCK, now=now)
    if _too_often(office, tx, order, effects.escalates):
        perform(office, tx, order, "escalate", by=CLOCK, now=now)


def _too_often(office: Office, tx: Tx, order: Order, counted: str | None) -> bool:
    """Given back or not solved more often than the office's rules allow: its leaders decide."""
    if counted == "returns":
        return orders.times_returned(tx, order.id) > office.limits.returns_max
    return counted == "rework" and order.round > office.limits.rework_max
