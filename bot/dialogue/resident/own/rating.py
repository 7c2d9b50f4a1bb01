"""The rating of an order that is done, at once or later."""

from bot.dialogue.choosing import choices
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.context import Context
from bot.dialogue.resident import same_matter
from bot.dialogue.resident.own.satisfaction import reopened
from bot.errors import NotUnderstood


def rated_late(context: Context) -> str | None:
    """Stars for what was confirmed already; None where the words name none, or nothing was closed lately."""
    given = choices.given_stars(context.meant.text)
    ended = context.orders.candidates("reopen") if given is not None else ()
    rateable = [order for order in ended if order.state == "closed"]
    return rate(context, rateable[0].code, f"{given[0]} {given[1]}") if given is not None and rateable else None


def late_answer(context: Context) -> str | None:
    """The answer to a question of staff that came after the order was closed for want of one: it is open again. None where
    nothing was closed so, where something is open, or where the words ask for something new."""
    meant = context.meant
    asks_anew = same_matter.names_house(meant) or context.reader.matches("asked", "wants", meant)
    if meant.intent not in MAY_ANSWER or asks_anew or context.orders.candidates("append"):
        return None
    ended = context.orders.candidates("reopen")
    lapsed = [order for order in ended if order.outcome == "no_reply" and order.handler_id is None]
    if not lapsed:
        return None
    order = context.actions.perform(lapsed[0], "reopen", meant.text)
    return context.say("order.answered_late", code=order.code)


MAY_ANSWER = frozenset({"request", "append", "chitchat"})


def rate(context: Context, code: str | None, rest: str) -> str:
    """1 to 5, and words: 3 and more confirms, less reopens. A closed order may still be rated."""
    given = choices.stars(rest)
    if given is None:
        raise NotUnderstood("rating.how")
    stars, words = given
    order = choose(context, "confirm", code)
    changes = {"rating": stars}
    if order.state == "closed":
        order = context.actions.perform(order, "rate", words or None, **changes)
    elif stars >= 3:
        order = context.actions.perform(order, "confirm", words or None, rated=True, **changes)
    else:
        return reopened(context, context.actions.perform(order, "reopen", words or None, **changes))
    return context.say("rating.thanks", code=order.code)
