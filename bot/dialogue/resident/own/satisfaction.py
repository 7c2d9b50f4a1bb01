"""The speaker is content with what was done, or not."""

from bot.dialogue import relay
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.context import Context
from bot.orders.order import Order
from bot.orders.restricted import comes_from_somebody


def satisfied(context: Context, code: str | None, rest: str) -> str:
    order = context.actions.perform(choose(context, "confirm", code), "confirm", rest or None)
    return context.say("rating.thanks", code=order.code)


def dissatisfied(context: Context, code: str | None, rest: str) -> str:
    """Reopens the order; who works on it and the staff are told the reason."""
    return reopened(context, context.actions.perform(choose(context, "reopen", code), "reopen", rest or None))


def reopened(context: Context, order: Order) -> str:
    """Words of what somebody does reach neither who helps nor the community."""
    apart = context.outcome.set_aside
    kept = apart is not None and comes_from_somebody(apart)
    if kept:
        return context.say("rating.reopened_apart", code=order.code)
    return context.say("rating.reopened" if order.handler_id is not None else "rating.reopened_staff", code=order.code)


def unhappy(context: Context) -> str | None:
    """What is wrong with the result, said while nobody asks for it: whoever has the order in hand hears it, else the order that
    was done lately is open again. None where the words tell of nothing wrong, or there is no such order."""
    topic = context.reader.topic("done", context.meant)
    if topic is None or topic.name != "unsolved":
        return None
    in_hand = [
        one for one in context.orders.candidates("relay") if one.person_id == context.me.id and one.state == "accepted"
    ]
    if in_hand:
        return relay.pass_on(context, choose(context, "relay", None), context.meant.text)
    return dissatisfied(context, None, context.meant.text) if context.orders.candidates("reopen") else None
