"""What anybody can say about an order of their own."""

from bot.dialogue import choices
from bot.dialogue.choose_order import choose
from bot.dialogue.context import Desk
from bot.dialogue.resident import requests
from bot.errors import NotFound, NotUnderstood


def progress(desk: Desk, code: str | None, rest: str) -> str:
    """All my orders, or the story of one."""
    if code is None:
        mine = desk.mine()
        if not mine:
            raise NotFound("progress.none")
        return desk.say("progress.list", orders="\n".join(desk.line(order) for order in mine[:8]))
    order = desk.order(code)
    if not desk.may_read(order):
        raise NotFound("refused.no_such_order", code=code)
    if order.lane == "restricted":  # somebody else may hold the telephone
        return desk.say("progress.restricted", code=order.code, state=desk.say(f"state.{order.state}"))
    return desk.say("progress.one", line=desk.line(order), text=order.text, history="\n".join(desk.history(order)))


def append(desk: Desk, code: str | None, rest: str) -> str:
    """More about an order of mine."""
    order = choose(desk, "append", code)
    if not rest.strip():
        desk.session.order_id, desk.session.order_at = order.id, desk.now
        return desk.say("order.append_what", code=order.code)
    return requests.add(desk, order, rest)


def withdraw(desk: Desk, code: str | None, rest: str) -> str:
    order = desk.act(choose(desk, "withdraw", code), "withdraw", rest or None)
    return desk.say("order.withdrawn", code=order.code)


def satisfied(desk: Desk, code: str | None, rest: str) -> str:
    order = desk.act(choose(desk, "confirm", code), "confirm", rest or None)
    return desk.say("rating.thanks", code=order.code)


def dissatisfied(desk: Desk, code: str | None, rest: str) -> str:
    """Reopens the order; who works on it and the staff are told the reason."""
    order = desk.act(choose(desk, "reopen", code), "reopen", rest or None)
    return desk.say("rating.reopened", code=order.code)


def rate(desk: Desk, code: str | None, rest: str) -> str:
    """1 to 5, and words: 3 and more confirms, less reopens. A closed order may still be rated."""
    given = choices.stars(rest)
    if given is None:
        raise NotUnderstood("rating.how")
    stars, words = given
    order = choose(desk, "confirm", code)
    changes = {"rating": stars, "rating_text": words or None}
    if order.state == "closed":
        order = desk.act(order, "rate", words or None, **changes)
    elif stars >= 3:
        order = desk.act(order, "confirm", words or None, **changes)
    else:
        order = desk.act(order, "reopen", words or None, **changes)
        return desk.say("rating.reopened", code=order.code)
    return desk.say("rating.thanks", code=order.code)
