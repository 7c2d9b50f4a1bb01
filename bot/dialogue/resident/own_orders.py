"""What anybody can say about an order of their own."""

from bot.dialogue import choices
from bot.dialogue.choose_order import choose
from bot.dialogue.context import Context
from bot.dialogue.resident import requests
from bot.errors import NotFound, NotUnderstood
from bot.orders.restricted import is_restricted


def progress(context: Context, code: str | None, rest: str) -> str:
    """All my orders, or the story of one."""
    if code is None:
        mine = context.orders.mine()
        if not mine:
            raise NotFound("progress.none")
        return context.say("progress.list", orders="\n".join(context.wording.line(order) for order in mine[:8]))
    order = context.orders.by_code(code)
    if not context.orders.may_read(order):
        raise NotFound("refused.no_such_order", code=code)
    if is_restricted(order):  # somebody else may hold the telephone
        return context.say("progress.restricted", code=order.code, state=context.say(f"state.{order.state}"))
    return context.say(
        "progress.one",
        line=context.wording.line(order),
        text=context.wording.words(order),
        history="\n".join(context.wording.history(order)),
    )


def append(context: Context, code: str | None, rest: str) -> str:
    """More about an order of mine."""
    order = choose(context, "append", code)
    if not rest.strip():
        context.talk_about(order)
        return context.say("order.append_what", code=order.code)
    return requests.add(context, order, rest)


def withdraw(context: Context, code: str | None, rest: str) -> str:
    order = context.actions.perform(choose(context, "withdraw", code), "withdraw", rest or None)
    return context.say("order.withdrawn", code=order.code)


def satisfied(context: Context, code: str | None, rest: str) -> str:
    order = context.actions.perform(choose(context, "confirm", code), "confirm", rest or None)
    return context.say("rating.thanks", code=order.code)


def dissatisfied(context: Context, code: str | None, rest: str) -> str:
    """Reopens the order; who works on it and the staff are told the reason."""
    order = context.actions.perform(choose(context, "reopen", code), "reopen", rest or None)
    return context.say("rating.reopened", code=order.code)


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
        order = context.actions.perform(order, "confirm", words or None, **changes)
    else:
        order = context.actions.perform(order, "reopen", words or None, **changes)
        return context.say("rating.reopened", code=order.code)
    return context.say("rating.thanks", code=order.code)
