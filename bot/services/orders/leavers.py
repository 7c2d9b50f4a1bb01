"""Whoever leaves the roster must not take orders along: what they had in hand goes back to staff."""

from datetime import datetime

from bot.services.office import Office
from bot.services.orders import actions
from bot.services.orders.actors import CLOCK
from bot.store.database import Tx
from bot.store.reads import order_lists


def release_orders(office: Office, tx: Tx, now: datetime) -> int:
    """Orders in the hands of, or offered to, people without any role are free again; how many."""
    held = order_lists.held_off_roster(tx)
    for order in held:
        actions.perform(office, tx, order, "release", by=CLOCK, now=now)
    return len(held)
