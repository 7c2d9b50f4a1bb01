"""One message about all of several orders of the speaker's: 两件都急, 两个都改到周六, 两个都还没人来."""

from functools import partial

from bot.dialogue import relay
from bot.dialogue.choosing.said_apart import one_by_one
from bot.dialogue.context import Context
from bot.dialogue.resident import same_matter
from bot.dialogue.resident.own import number
from bot.orders.order import Order
from bot.orders.restricted import is_restricted

ASKS = frozenset({"when", "who", "cost", "far", "list", "number"})
"""Topics of residents that ask for an answer."""


def talk(context: Context) -> str | None:
    """What is said goes to each of the orders; None where the words are not about all of them, ask or withdraw."""
    meant = context.meant
    if same_matter.asks_anew(meant, numbers=True):
        return None
    if not context.reader.matches("all_of_them", "said", meant) or context.reader.topic("withdraw", meant) is not None:
        return None
    topic = context.reader.topic("resident", meant)
    if topic is not None and topic.name in ASKS:
        return None
    mine = [order for order in context.orders.candidates("append") if order.person_id == context.me.id]
    if len(mine) < 2 or any(is_restricted(order) or order.urgency == "U0" for order in mine):
        return None
    if not _is_their_number(context, len(mine)):
        return None
    came = topic is None or topic.name != "no_show"
    return one_by_one(context, (partial(_add if came else _nobody_came, context, order) for order in mine))


def _is_their_number(context: Context, how_many: int) -> bool:
    """Whether the words count so many, or do not count (几件都)."""
    counted = [count for name, count in COUNTS.items() if context.reader.matches("all_of_them", name, context.meant)]
    return not counted or how_many in counted


COUNTS = {"two": 2, "three": 3, "four": 4}


def _nobody_came(context: Context, order: Order) -> str:
    return relay.no_show(context, order.code, context.meant.text)


def _add(context: Context, order: Order) -> str:
    if context.meant.phone is not None:
        return number.noted(context, order, context.meant.phone)
    moved = relay.moved(context, order)
    if moved is not None:
        return moved
    context.actions.perform(order, "append", context.meant.text)
    return context.say("order.appended", code=order.code)
