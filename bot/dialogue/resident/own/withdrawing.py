"""An order of the speaker's is not needed any more."""

from collections.abc import Sequence

from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.context import Context
from bot.dialogue.resident import emergency, further_words
from bot.dialogue.resident.own.satisfaction import solved
from bot.orders.order import Order
from bot.orders.restricted import is_restricted


def withdraw(context: Context, code: str | None, rest: str) -> str:
    """What is not needed any more is withdrawn; what is done already is confirmed instead."""
    fitting = may_be_meant(context) if code is None else ()
    nothing_open = code is None and not fitting
    waits = context.orders.candidates("confirm") if nothing_open else ()
    if nothing_open and not waits and (sealed := _alarm_in_box(context)) is not None:
        return further_words.add(context, sealed, context.meant.text)
    order = choose(context, "confirm", code) if waits else choose(context, "withdraw", code, among=fitting)
    over = emergency.is_over(context, order)
    if over is not None:
        return over
    if order.state == "done":
        return solved(context, order.code, rest)
    order = context.actions.perform(order, "withdraw", rest or None)
    if order.urgency == "U0":
        context.session.settle()
    return context.say("order.withdrawn", code=order.code)


def may_be_meant(context: Context) -> Sequence[Order]:
    """The speaker's orders that the words may withdraw: an alarm is one only where they tell that the danger is over, or
    name nothing at all (不用来了)."""
    fitting = context.orders.candidates("withdraw")
    if any(order.urgency == "U0" for order in fitting) and not emergency.tells_end(context):
        return [order for order in fitting if order.urgency != "U0"]
    return fitting


def _alarm_in_box(context: Context) -> Order | None:
    """The restricted danger that is talked of, where nothing else can be withdrawn: whoever threatens somebody may hold the
    telephone, so that words that it is over stand with it and end nothing."""
    order = context.orders.focus() if context.session.order_id is not None else None
    held = order is not None and is_restricted(order) and order.urgency == "U0" and order.state != "closed"
    return order if held else None
