"""An order that its resident has withdrawn is needed after all."""

from datetime import timedelta

from bot.dialogue.choosing.naming import shares_ideograph
from bot.dialogue.context import Context
from bot.dialogue.resident import emergency, same_matter
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.understanding import Understanding
from bot.understanding.categories import UNKNOWN

LATELY = timedelta(days=1)
"""So long ago at most it was withdrawn."""
SAME_TALK = timedelta(minutes=30)
"""As long as further messages belong to an order (belongs_minutes of config/lanes.toml)."""


def tells(context: Context, meant: Understanding) -> bool:
    """Whether the words say that something is needed after all."""
    return context.reader.matches("again", "wanted", meant)


def wanted_again(context: Context) -> str | None:
    """还是要的: what was withdrawn last, by one message, goes on under its numbers. None where the words name a house or a telephone,
    or nothing was withdrawn lately."""
    meant = context.meant
    back = context.reader.matches("again", "taken_back", meant)
    if same_matter.asks_anew(meant) or not (back or tells(context, meant)):
        return None
    ended = _withdrawn(context, LATELY) if tells(context, meant) else _just_withdrawn(context)
    if not ended:
        return None
    last = max(order.closed_at for order in ended if order.closed_at)
    again = sorted((order for order in ended if order.closed_at == last), key=lambda order: order.id)
    note = context.say("order.wanted_note", text=meant.text)
    orders = [context.actions.perform(order, "reopen", note) for order in again]
    context.talk_about(orders[-1])
    if orders[-1].urgency == "U0":
        context.actions.enrich(orders[-1], "append", meant.text, meant, alarms=True)
        return emergency.placed(context, orders[-1])
    return context.say("order.wanted_again", code="、".join(order.code for order in orders))


def _withdrawn(context: Context, lately: timedelta) -> list[Order]:
    """The ordinary orders that the speaker has withdrawn so long ago at most."""
    since = context.now - lately
    return [
        order
        for order in context.orders.mine()
        if order.outcome == "withdrawn" and order.closed_at and order.closed_at >= since and not is_restricted(order)
    ]


def _just_withdrawn(context: Context) -> list[Order]:
    """The same while the talk is still of them: no other order has come up since, and the words name no matter of another kind
    (楼道灯又坏了 after 换灯泡). Whoever says that it shall be done all the same may give any reason."""
    ended, meant = _withdrawn(context, SAME_TALK), context.meant
    if not ended or any(order.state != "closed" for order in context.orders.mine()):
        return []
    wanted = context.reader.matches("again", "all_the_same", meant)
    same = meant.category == UNKNOWN or any(
        shares_ideograph(context, order) for order in ended if order.category == meant.category
    )
    return ended if wanted or same else []
