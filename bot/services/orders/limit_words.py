"""How long is left, or by how much a limit has passed, in words: in minutes where minutes count."""

import math
from datetime import datetime, timedelta

from bot.orders.lifecycle import State
from bot.orders.order import Order
from bot.services.office import Office

HOURS_UNDER = timedelta(days=2)
SOON = timedelta(days=1)
"""Less is left: lists show it in another colour."""
MINUTES_UNDER = timedelta(hours=2)


def span(office: Office, length: timedelta) -> str:
    """A length of time in its largest fitting unit, rounded up."""
    unit, of = (
        ("minutes", 60) if length < MINUTES_UNDER else ("hours", 3600) if length < HOURS_UNDER else ("days", 86400)
    )
    return office.texts.say(f"limit.{unit}", number=max(1, math.ceil(length.total_seconds() / of)))


def of_matter(office: Office, order: Order, now: datetime) -> tuple[str, str]:
    """What is left of the limit that counts now, in words, and its level: late, soon or fine. No words where none runs."""
    if order.due_at is None or order.state in (State.CLOSED, State.DONE):
        return "", "fine"
    left = order.limit_at - now
    said = office.say("limit.left" if left > timedelta() else "limit.over", span=span(office, abs(left)))
    return said, "late" if left <= timedelta() else "soon" if left < SOON else "fine"


def of_step(office: Office, order: Order, now: datetime, *, reported: bool) -> str:
    """What is left of the present step, or by how much it is late; an order that is `reported` before its limit came back
    too often."""
    if order.step_due_at is None:
        return office.texts.say("limit.again")
    left = order.step_due_at - now
    if left > timedelta() and reported:
        return office.texts.say("limit.again")
    first = order.state in (State.SUBMITTED, State.OFFERED) and order.step_due_at != order.limit_at
    kind = "step_" if first else ""  # when somebody should have acted first, or the limit itself
    return office.texts.say(f"limit.{kind}{'left' if left > timedelta() else 'over'}", span=span(office, abs(left)))


def hurry(office: Office, order: Order, now: datetime) -> str:
    """What urgent orders say of their first step: by when somebody must have acted. Empty for all others."""
    key = f"limit.hurry_{order.urgency}"
    if order.step_due_at is None or order.step_due_at <= now or not office.texts.has(key):
        return ""
    return office.texts.say(key, span=span(office, order.step_due_at - now))
