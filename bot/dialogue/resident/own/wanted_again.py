"""An order that its resident has withdrawn is needed after all."""

from datetime import timedelta

from bot.dialogue.context import Context
from bot.dialogue.resident import same_matter
from bot.orders.restricted import is_restricted
from bot.understanding import Understanding

LATELY = timedelta(days=1)
"""So long ago at most it was withdrawn."""


def tells(context: Context, meant: Understanding) -> bool:
    """Whether the words say that something is needed after all."""
    return context.reader.matches("again", "wanted", meant)


def wanted_again(context: Context) -> str | None:
    """还是要的: what was withdrawn last, by one message, goes on under its numbers. None where the words name a house or a telephone,
    or nothing was withdrawn lately."""
    meant = context.meant
    if same_matter.asks_anew(meant) or not tells(context, meant):
        return None
    since = context.now - LATELY
    ended = [
        order
        for order in context.orders.mine()
        if order.outcome == "withdrawn" and order.closed_at and order.closed_at >= since and not is_restricted(order)
    ]
    if not ended:
        return None
    last = max(order.closed_at for order in ended if order.closed_at)
    again = sorted((order for order in ended if order.closed_at == last), key=lambda order: order.id)
    note = context.say("order.wanted_note", text=meant.text)
    orders = [context.actions.perform(order, "reopen", note) for order in again]
    context.talk_about(orders[-1])
    return context.say("order.wanted_again", code="、".join(order.code for order in orders))
