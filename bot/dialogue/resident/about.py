"""What is asked about an order at hand, answered by how far the order is."""

from collections.abc import Mapping

from bot.dialogue.context import Context
from bot.orders.order import Order


def answered(topic: str, context: Context, order: Order) -> str:
    """The sentence of [about.TOPIC] (talk.toml of the locale)."""
    return context.say(f"about.{topic}.{_stage(order)}", **_facts(context, order))


def _stage(order: Order) -> str:
    """How far the order is, for the sentence that answers."""
    if order.state == "done":
        return "done"
    if order.handler_id is None:
        return "waiting"
    return "agreed" if order.wanted_when else "in_hand"


def _facts(context: Context, order: Order) -> Mapping[str, str]:
    return {
        "code": order.code, "when": order.wanted_when or "", "who": context.wording.helper(order),
        "due": context.wording.due(order),
    }  # fmt: skip
