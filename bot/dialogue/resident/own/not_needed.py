"""Several orders of the speaker's, or all, are not needed any more."""

from collections.abc import Sequence
from functools import partial

from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.choosing.said_apart import by_order, one_by_one
from bot.dialogue.context import Context
from bot.dialogue.resident import emergency, further_words
from bot.dialogue.resident.own.withdrawing import withdraw
from bot.errors import NotFound
from bot.orders.order import Order


def withdraw_all(context: Context) -> str | None:
    """Everything that is open and not done; None where there is nothing."""
    found = context.orders.candidates("withdraw")
    lines = [over for order in found if (over := emergency.is_over(context, order)) is not None]
    withdrawn = [order for order in found if context.session.data.get("needs_help") != order.code] if lines else found
    for order in withdrawn:
        context.actions.perform(order, "withdraw", context.meant.text)
    codes = "、".join(order.code for order in withdrawn)
    return "\n".join([*lines, *([context.say("order.withdrawn", code=codes)] if withdrawn else [])]) or None


def not_needed(context: Context) -> str | None:
    """Natural words: not needed any more, all of it, just no hurry, or how one would say so; None where they say none of these."""
    topic = context.reader.topic("withdraw", context.meant)
    mine = context.orders.candidates("append") if topic is not None else ()
    if topic is None or not mine or (topic.name == "mistaken" and context.meant.place.said):
        return None
    apart = _some_not_needed(context, mine)
    if apart is not None or context.meant.request_count > 1:
        return apart
    if topic.name == "how":
        return context.say("order.withdraw_how", code=mine[0].code)
    if topic.name == "keep":
        context.session.settle()
        return context.say("order.kept")
    if topic.name == "all":
        return withdraw_all(context)
    if topic.name == "no_hurry":
        return further_words.add(context, choose(context, "append", None), context.meant.text)
    try:
        return withdraw(context, None, context.meant.text)
    except NotFound:
        return None


def _some_not_needed(context: Context, mine: Sequence[Order]) -> str | None:
    """灯泡那个不用了，手机还是要教的: withdraws what is not needed and leaves the others; None where nothing is said so."""
    of_each = [(said, said.topic("withdraw")) for said in by_order(context, mine)]
    over = [said for said, topic in of_each if topic is not None and topic.name == "one"]
    if not over or len(over) == len(of_each):
        return None
    doing = (partial(withdraw, context, said.order.code, said.context.meant.text) for said in over)
    return one_by_one(context, doing)
