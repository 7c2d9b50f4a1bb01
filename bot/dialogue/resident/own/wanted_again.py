"""An order that its resident has withdrawn is needed after all."""

from datetime import timedelta

from bot.dialogue.context import Context
from bot.dialogue.resident import same_matter
from bot.orders.restricted import is_restricted

LATELY = timedelta(days=1)
"""So long ago at most it was withdrawn."""


def wanted_again(context: Context) -> str | None:
    """还是要的: the order that was withdrawn last goes on under its number. None where the words name a house or a telephone,
    or nothing was withdrawn lately."""
    meant = context.meant
    told = (
        meant.command is not None or meant.urgency == "U0" or same_matter.names_house(meant) or meant.phone is not None
    )
    if told or not context.reader.matches("again", "wanted", meant):
        return None
    since = context.now - LATELY
    ended = [
        order
        for order in context.orders.mine()
        if order.outcome == "withdrawn" and order.closed_at and order.closed_at >= since and not is_restricted(order)
    ]
    if not ended:
        return None
    last = max(ended, key=lambda order: (order.closed_at, order.id))
    order = context.actions.perform(last, "reopen", context.say("order.wanted_note", text=meant.text))
    context.talk_about(order)
    return context.say("order.wanted_again", code=order.code)
