"""What an action brings with it: others' orders that hung on this one, and the office's word when it goes wrong again."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.services.office import Office
from bot.services.orders import actions
from bot.store import orders
from bot.store.database import Tx


def follow(office: Office, tx: Tx, order: Row[Any], action: str, now: datetime) -> None:
    """To be called after `action` on `order`, in the same transaction."""
    if action == "withdraw":
        for merged in orders.merged_into(tx, order.id):
            if merged.person_id == order.person_id:  # one resident's own: withdrawn with it
                continue
            actions.perform(office, tx, merged, "separate", by=actions.CLOCK, now=now)
    elif _wrong_again(office, tx, order, action):
        actions.perform(office, tx, order, "escalate", by=actions.CLOCK, now=now, escalated_at=now)


def _wrong_again(office: Office, tx: Tx, order: Row[Any], action: str) -> bool:
    """Given back or not solved more often than the office's rules allow: its leaders decide."""
    if action == "return":
        return orders.times_returned(tx, order.id) > office.limits.returns_max
    return action == "reopen" and order.round > office.limits.rework_max
