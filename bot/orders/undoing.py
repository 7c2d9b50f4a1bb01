"""What an order was before an action that may be taken back: written down with the action, read when it is taken back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.orders.order import Order

_MOMENTS = ("closed_at", "due_at", "step_at", "step_due_at", "warned_at", "escalated_at", "asked_again_at")
_PLAIN = ("state", "outcome", "handler_id", "ring", "merged_into_id")
UNTOUCHED = frozenset({"note", "append", "attach", "detail", "warn", "escalate", "petition_warn", "petition_late"})
"""Words among colleagues, actions of a resident who adds words, and of the clock that looks at limits: after them nobody has acted on the order."""

Kept = Mapping[str, Any]


def kept(order: Order, offer_id: int | None) -> Kept:
    """The columns that come back, as JSON has them, and the invitation that is pending."""
    moments = {name: getattr(order, name) for name in _MOMENTS}
    return {
        **{name: getattr(order, name) for name in _PLAIN},
        **{name: at.isoformat() if at is not None else None for name, at in moments.items()},
        "offer": offer_id, "urgency": order.urgency,
    }  # fmt: skip


def columns(before: Kept) -> dict[str, Any]:
    """The columns of the order as they were."""
    moments = {name: before[name] for name in _MOMENTS}
    return {
        **{name: before[name] for name in _PLAIN},
        **{name: datetime.fromisoformat(at) if at is not None else None for name, at in moments.items()},
    }
