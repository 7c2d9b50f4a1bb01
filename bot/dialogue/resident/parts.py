"""A picture, a recording, a place: kept with the order that it belongs to."""

from bot.dialogue import relay
from bot.dialogue.context import Context
from bot.dialogue.interface.order import Part
from bot.dialogue.resident import receipts, requests
from bot.orders.order import Order


def add_part(context: Context, part: Part) -> str:
    """A picture, voice or place: to the order it belongs to, or the only one that its sender has in hand; else an order of
    its own that staff look at."""
    order = context.orders.focus()
    if order is None or order.state == "closed":
        in_hand = context.orders.in_hand()
        if len(in_hand) == 1:
            context.actions.attach(in_hand[0], part)
            return relay.pass_on(context, in_hand[0], context.say(f"relay.part.{part.kind}"))
        order = context.actions.place(context.meant)
        context.talk_about(order)
        context.actions.attach(order, part)
        return context.say("order.placed_part", code=order.code) + receipts.second_line(
            context, order, requests.next_question(context, order)
        )
    return add_to(context, order, part)


def add_to(context: Context, order: Order, part: Part) -> str:
    """To this order, and what is said of it."""
    context.actions.attach(order, part)
    if part.kind == "location":
        order = context.actions.enrich(order, "append", context.meant.text, context.meant)
    else:
        order = context.actions.perform(order, "attach", context.meant.text)
    return context.say(f"order.part.{part.kind}", code=order.code) + requests.next_question(context, order)


def keep_with_words(context: Context, part: Part) -> str:
    """To the order that its words made or added to: recognised words may be wrong, and pictures belong to what was written.
    Pictures of words that made none go where pictures alone go; what is said of them, else nothing."""
    order = context.orders.focus()
    if order is not None and context.session.order_at == context.now:
        context.actions.attach(order, part)
        return ""
    return "\n" + add_part(context, part) if part.kind == "image" else ""
