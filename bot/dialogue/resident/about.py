"""What is asked about an order at hand, answered by how far the order is."""

from collections.abc import Mapping

from bot.dialogue.context import Context
from bot.orders.order import Order
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import fold

_RULES = Rules("questions")


def answered(topic: str, context: Context, order: Order) -> str:
    """The sentence of [about.TOPIC] (talk.toml of the locale)."""
    return context.say(f"about.{topic}.{_stage(order)}", **_facts(context, order))


def with_words(context: Context, order: Order, said: str) -> str:
    """The answer `said`; what the message tells besides its question stands with the order, where who helps and the staff read it."""
    if not tells_more(context, order):
        return said
    context.actions.perform(order, "detail", context.meant.text)
    return said + "\n" + context.say("about_words.kept", code=order.code)


def tells_more(context: Context, order: Order) -> bool:
    """Whether something is left of the words without the question, what surrounds it and what the order is called by."""
    known = fold(f"{context.wording.names(order)} {context.wording.need(order)}")
    left = _RULES.asked.sub(" ", context.meant.folded)
    return len([char for char in left if char.isalnum() and char not in known]) >= A_WORD


A_WORD = 2  # letters, digits or ideographs


def _stage(order: Order) -> str:
    """How far the order is, for the sentence that answers."""
    if order.state == "done":
        return "done"
    if order.handler_id is None:
        return "waiting"
    return "agreed" if order.wanted_when else "in_hand"


def _facts(context: Context, order: Order) -> Mapping[str, str]:
    return {
        "code": order.code, "when": order.wanted_when or "", "who": context.wording.helper(order),
        "due": context.wording.due(order),
    }  # fmt: skip
