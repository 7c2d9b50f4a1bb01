"""What time does to orders: which are due for which action."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.orders.order import Order
from bot.orders.time_limits.limits import Limits
from bot.store.reads import due_orders
from bot.store.reads.due_orders import Due

Chosen = tuple[str, dict[str, Any]]  # an action, and columns besides those of its effects
Choose = Callable[[Order], Chosen | None]


def rules(limits: Limits, now: datetime) -> Iterator[tuple[Due, Choose]]:
    """Which orders are due for what. An order that one rule moved is looked at anew by the next."""

    def days(number: int) -> datetime:
        return now - timedelta(days=number)

    yield due_orders.unanswered_invitations(now), _always("expire")
    yield due_orders.unclaimed(now), partial(_next_ring, len(limits.rings) - 1)
    yield due_orders.unanswered_questions(now), _always("no_reply")
    yield due_orders.quiet_since(days(limits.nudge_days), now), _always("nudge")
    yield due_orders.unconfirmed(days(limits.no_reply_days)), _always("no_reply")
    silent = due_orders.unconfirmed(days(limits.call_days)) & due_orders.not_warned()
    yield silent, _always("call")
    quiet = due_orders.unconfirmed(days(limits.ask_again_days)) & due_orders.not_asked_again()
    yield quiet, _always("ask_again")
    yield due_orders.petition_late(now), _always("petition_late")
    yield due_orders.petition_ahead(days(limits.petition_warn_days)), _always("petition_warn")
    yield due_orders.limit_passed(now), partial(_escalate, now)
    yield due_orders.limit_ahead(now), _always("warn")


def _always(action: str) -> Choose:
    return lambda order: (action, {})


def _next_ring(last: int, order: Order) -> Chosen:
    """An open wish nobody claimed goes to the next ring; after the last, staff decide."""
    return ("widen", {"ring": order.ring + 1}) if order.ring < last else ("unclaimed", {})


def _escalate(now: datetime, order: Order) -> Chosen:
    return "escalate", {"warned_at": order.warned_at or now}
