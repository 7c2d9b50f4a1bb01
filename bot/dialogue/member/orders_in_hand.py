"""What a volunteer says about orders in hand: done, given back, resting, on duty."""

from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.context import Context
from bot.dialogue.staff.broadcasts import approving
from bot.errors import NotAllowed
from bot.orders.order import Order
from bot.understanding.extract.time import minutes_spent


def full_card(context: Context, order: Order) -> dict[str, str]:
    return {"code": order.code, "card": context.orders.card(order)}


def give_back(context: Context, code: str | None, rest: str) -> str:
    """退单, 退回: of an order in hand; without any, of the broadcast that waits for this person's approval."""
    if code is None and (
        approving.named(context, rest) or (not context.orders.in_hand() and approving.only_one(context))
    ):
        return approving.reject(context, None, rest)
    order = context.actions.perform(choose(context, "return", code), "return", rest or None)
    return context.say("member.returned", code=order.code)


def finish(context: Context, code: str | None, rest: str) -> str:
    """完成 CODE note. How long it took counts once the resident has confirmed it."""
    minutes = minutes_spent(rest)
    order = context.actions.perform(choose(context, "finish", code), "finish", rest or None, served_minutes=minutes)
    return context.say("member.finished", code=order.code)


def my_orders(context: Context, code: str | None, rest: str) -> str:
    """What I have in hand, with place and contact; every look is logged."""
    found = context.orders.in_hand()
    if not found:
        return context.say("member.none_in_hand")
    return context.say(
        "member.in_hand", orders="\n".join(context.say("member.full", **full_card(context, o)) for o in found)
    )


def rest(context: Context, code: str | None, rest: str) -> str:
    context.account.rest(True)
    return context.say("member.resting")


def on_duty(context: Context, code: str | None, rest: str) -> str:
    context.account.rest(False)
    return context.say("member.on_duty")


def refuse_over_limit(in_hand: int, limit: int) -> None:
    """At most `limit` orders in hand at a time."""
    if in_hand >= limit:
        raise NotAllowed("refused.enough", limit=limit)
