"""Whether who is in danger is safe: everything that is said while this is asked belongs to the alarm, unless it is plainly
another matter, a question or a command."""

from bot.dialogue.choosing import choices
from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.context import Context
from bot.dialogue.resident import emergency, further_words, same_matter
from bot.dialogue.resident.own import withdrawing
from bot.orders.order import Order

OF_OTHER_THINGS = frozenset({"help", "human", "privacy", "progress"})
ASKS = frozenset({"when", "who", "far", "cost", "number", "list", "whole", "erase"})
"""Questions of residents that are answered from the order at hand."""


def answer(context: Context) -> str | None:
    """The reply; None for what is no word about it, and where the alarm is over."""
    order = context.orders.focus()
    if order is None or order.state == "closed" or order.urgency != "U0":
        context.session.settle()
        return None
    about = context.session.question.get("about", "self")
    found = _found(context, about)
    if found is not None:
        context.session.ask("safe", context.now, about=about)  # it may become another one
        return _told(context, about, *found)
    if _is_of_other_things(context):
        return None
    context.session.ask("safe", context.now, about=about)
    if emergency.only_cancels(context):
        return context.say("safe.not_cancelled", code=order.code)
    if (said := further_words.elsewhere(context, order)) is not None:
        return said
    if _withdraws(context):
        meant = order if emergency.tells_end(context) else _other_that_is_named(context, order)
        if meant is not None:
            return withdrawing.withdraw(context, meant.code, context.meant.text)
    return further_words.add(context, order, context.meant.text)


def _withdraws(context: Context) -> bool:
    over = context.reader.topic("withdraw", context.meant)
    return context.meant.intent == "withdraw" or (over is not None and over.name in ("one", "mistaken", "all"))


def _other_that_is_named(context: Context, alarm: Order) -> Order | None:
    """The ordinary order of the speaker's that the words name (灯泡不用换了), while they are no word of the alarm."""
    others = [order for order in withdrawing.may_be_meant(context) if order.id != alarm.id]
    named = named_by_words(context, [alarm, *others]) if others else None
    return named if named is not None and named.id != alarm.id else None


def _found(context: Context, about: str) -> tuple[str, bool] | None:
    """("yes" or "no", whether it was said in words); None where it is neither. Who tells that it is over says more than yes."""
    options = [context.say(f"safe.{about}.{option}") for option in ("yes", "no")]
    number = choices.picked(context.meant.text, options)
    if number in (1, 2):
        return ("yes", "no")[number - 1], False
    if number is not None or context.meant.intent == "withdraw":
        return None
    topic = context.reader.topic(f"safe_{about}", context.meant)
    return (topic.name, True) if topic is not None else None


def _told(context: Context, about: str, found: str, in_words: bool) -> str:
    """Staff hear the answer; one that asks for help raises the alarm again."""
    order, note = context.orders.focus(), context.say(f"safe.{about}.note_{found}")
    assert order is not None
    whole = context.say("safe.in_words", note=note, said=context.meant.text) if in_words else note
    if found == "no":
        emergency.help_needed(context, order)
    context.actions.enrich(order, "append", whole, context.reader.read(whole), alarms=found == "no")
    return context.say(f"safe.{about}.reply_{found}", code=order.code)


def _is_of_other_things(context: Context) -> bool:
    meant = context.meant
    topic = context.reader.topic("resident", meant)
    asks = meant.intent in OF_OTHER_THINGS or (topic is not None and topic.name in ASKS)
    return asks or meant.urgency == "U0" or same_matter.is_another_matter(context)
