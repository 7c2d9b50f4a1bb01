"""The speaker is content with what was done, or not."""

from bot.dialogue import relay
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.context import Context
from bot.dialogue.resident import same_matter
from bot.orders.order import Order
from bot.orders.restricted import comes_from_somebody
from bot.understanding.categories import UNKNOWN


def satisfied(context: Context, code: str | None, rest: str) -> str:
    """The answer to what was asked: it is solved, and the resident is content with it."""
    order = context.actions.perform(choose(context, "confirm", code), "confirm", rest or None, rated=True)
    return context.say("rating.thanks", code=order.code)


def solved(context: Context, code: str, rest: str) -> str:
    """It is over; how content the resident is was not said."""
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


def unclear(context: Context) -> str | None:
    """Words that were read as praise of what was done, hold none and object to something: they stand with the order, and the
    question stays. None where nothing waits to be confirmed, or nothing speaks against praise."""
    topic, meant = context.reader.topic("done", context.meant), context.meant
    praises = context.reader.topic("kind", meant) is not None or (topic is not None and topic.name == "solved")
    if praises or not context.reader.matches("doubt", "said", meant):
        return None
    waits = context.orders.candidates("confirm")
    if not waits:
        return None
    if topic is not None and topic.name == "unsolved":
        return dissatisfied(context, None, context.meant.text)
    return lukewarm(context, choose(context, "confirm", None).code, context.meant.text)


def lukewarm(context: Context, code: str | None, rest: str) -> str:
    """凑合，一般般: the words stand with the order, and the question stays."""
    assert code is not None
    context.actions.perform(context.orders.by_code(code), "append", rest)
    return context.say("rating.lukewarm", code=code)


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


def broken_again(context: Context) -> str | None:
    """刚才那个又不亮了: what was done lately is open again. None where the words name a house or a matter of another kind, where
    nothing was done lately, or where the order talked of is open still."""
    meant = context.meant
    if same_matter.asks_anew(meant) or not context.reader.matches("again", "broken", meant):
        return None
    focus = context.orders.focus()
    if focus is not None and focus.state not in ("done", "closed"):
        return None
    ended = [order for order in context.orders.candidates("reopen") if meant.category in (UNKNOWN, order.category)]
    if not ended:
        return None
    order = ended[0] if len(ended) == 1 else choose(context, "reopen", None)
    return dissatisfied(context, order.code, meant.text)
