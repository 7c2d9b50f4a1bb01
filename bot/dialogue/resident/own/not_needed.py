"""Several orders of the speaker's, or all, are not needed any more."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from bot.dialogue import relay
from bot.dialogue.choosing.choose_order import choose
from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.choosing.said_apart import SaidOf, by_order, one_by_one
from bot.dialogue.context import Context
from bot.dialogue.resident import emergency, further_words
from bot.dialogue.resident.own import number
from bot.dialogue.resident.own.withdrawing import may_be_meant, withdraw
from bot.errors import NotFound
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.understanding import Understanding


def withdraw_all(context: Context) -> str | None:
    """Everything that is open and not done; None where there is nothing."""
    found = may_be_meant(context)
    lines = [over for order in found if (over := emergency.is_over(context, order)) is not None]
    withdrawn = [order for order in found if context.session.data.get("needs_help") != order.code] if lines else found
    for order in withdrawn:
        context.actions.perform(order, "withdraw", context.meant.text)
    codes = "、".join(order.code for order in withdrawn)
    return "\n".join([*lines, *([context.say("order.withdrawn", code=codes)] if withdrawn else [])]) or None


def tells(context: Context, meant: Understanding) -> bool:
    """Whether the words are of orders that are needed no more, or still are."""
    return context.reader.topic("withdraw", meant) is not None


def not_needed(context: Context) -> str | None:
    """Natural words: not needed any more, all of it, just no hurry, or how one would say so; None where they say none of these."""
    topic = context.reader.topic("withdraw", context.meant)
    mine = context.orders.candidates("append") if topic is not None else ()
    if topic is None or not mine or (topic.name == "mistaken" and context.meant.place.said):
        return None
    if topic.name in KEPT_ALL_THE_SAME and not _speaks_of_withdrawing(context):
        return None
    if topic.name == "except":
        return _all_but(context, mine)
    if context.meant.request_count > 1:
        return None
    if topic.name == "somebody_else":
        return not_surely(context, mine)
    if topic.name in WORDS_STAND:
        return further_words.add(context, choose(context, "append", None), context.meant.text)
    if topic.name in SAID:
        return SAID[topic.name](context, mine)
    try:
        return withdraw(context, None, context.meant.text)
    except NotFound:
        if context.orders.candidates("withdraw"):  # only an alarm, of which the words tell nothing
            raise
        return None


WORDS_STAND = frozenset({"no_hurry", "still", "condition"})
"""Topics whose words are added to the order, and withdraw nothing."""
KEPT_ALL_THE_SAME = frozenset({"still", "condition", "open", "except", "somebody_else"})
"""Topics that only hold in words that speak of withdrawing."""


def _speaks_of_withdrawing(context: Context) -> bool:
    meant = context.meant
    says_so = any(context.reader.matches("withdraw", name, meant) for name in ("one", "all", "except"))
    return "withdraw" in (meant.intent, meant.rival) or says_so or context.reader.matches("withdraw", "open", meant)


def _how(context: Context, mine: Sequence[Order]) -> str:
    return context.say("order.withdraw_how", code=mine[0].code)


def _keep(context: Context, mine: Sequence[Order]) -> str:
    """不要撤: nothing is withdrawn, and more than that stands with the only order."""
    context.session.settle()
    if len(mine) == 1 and len(context.meant.folded) > A_FEW_WORDS:
        return further_words.add(context, mine[0], context.meant.text)
    return context.say("order.kept")


def not_surely(context: Context, mine: Sequence[Order]) -> str:
    """Words that may withdraw, and do not say so: they stand with the order, and the reply says how it is withdrawn."""
    order = mine[0] if len(mine) == 1 else choose(context, "append", None, "withdraw")
    if order.urgency == "U0" or is_restricted(order):
        return further_words.add(context, order, context.meant.text)
    context.actions.perform(order, "append", context.meant.text)
    return context.say("order.appended", code=order.code) + "\n" + context.say("order.withdraw_so", code=order.code)


SAID: Mapping[str, Callable[[Context, Sequence[Order]], str | None]] = {
    "how": _how,
    "keep": _keep,
    "open": not_surely,
    "all": lambda context, mine: withdraw_all(context),
}


def read_so(context: Context) -> str | None:
    """A message that was read as a withdrawal: None where it says so, or where nothing is open that could be withdrawn."""
    mine = [order for order in context.orders.candidates("withdraw") if order.urgency != "U0"]
    if not mine or context.reader.topic("over", context.meant) is not None:
        return None
    return not_surely(context, mine)


def _all_but(context: Context, mine: Sequence[Order]) -> str:
    """除了灯泡都不用了: withdraws the others; what is part of one order alone stands with it."""
    kept = named_by_words(context, mine) if len(mine) > 1 else None
    others = [order for order in context.orders.candidates("withdraw") if kept is not None and order.id != kept.id]
    if not others:
        return further_words.add(context, choose(context, "append", None), context.meant.text)
    doing = (partial(withdraw, context, order.code, context.meant.text) for order in others)
    return one_by_one(context, doing)


A_FEW_WORDS = 8  # characters


def some(context: Context) -> str | None:
    """灯泡那个不用了，手机那个改到周六: withdraws what is not needed; what is said of the others is done or stands with them. None where
    nothing is said so."""
    topic = context.reader.topic("withdraw", context.meant) if context.meant.command is None else None
    if (
        topic is None
        or topic.name in ("except", "condition")
        or (topic.name == "mistaken" and context.meant.place.said)
    ):
        return None
    mine = [
        order for order in context.orders.candidates("append") if not is_restricted(order) and order.urgency != "U0"
    ]
    of_each = [(said, said.topic("withdraw")) for said in by_order(context, mine)]
    over = [said for said, topic in of_each if topic is not None and topic.name == "one"]
    if not over or len(over) == len(of_each):
        return None
    withdrawing = [partial(withdraw, context, said.order.code, said.context.meant.text) for said in over]
    others = [partial(_said_of, said) for said, _ in of_each if said not in over and not _is_just_kept(said)]
    return one_by_one(context, [*withdrawing, *others])


def _is_just_kept(said: SaidOf) -> bool:
    """手机还是要教的: nothing but that the order goes on."""
    return said.context.reader.matches("kept", "alone", said.context.meant)


def _said_of(said: SaidOf) -> str:
    """What is said of an order beside another one that is not needed."""
    context, order, meant = said.context, said.order, said.context.meant
    if meant.phone is not None:
        return number.noted(context, order, meant.phone)
    moved = relay.moved(context, order)
    return moved if moved is not None else further_words.add(context, order, meant.text)
