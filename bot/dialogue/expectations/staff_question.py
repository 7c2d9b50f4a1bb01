"""A question of staff about the resident's order: what is said next answers it, also days later."""

from collections.abc import Sequence

from bot.dialogue import relay
from bot.dialogue.context import Context
from bot.dialogue.interface.waits import Waits
from bot.dialogue.resident import further_words, requests, same_matter
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.understanding.categories import UNKNOWN
from bot.understanding.extract import clauses

OF_OTHER_THINGS = frozenset({"help", "human", "privacy", "withdraw", "spam", "thanks", "greeting"})

QUESTIONS = frozenset({"when", "who", "cost", "far"})
BRIEF = 10
"""Characters: a question in more words may hold the answer too, which must not be lost."""


def answer(context: Context, waits: Sequence[Waits]) -> str | None:
    """The reply; None where the words are clearly about something else."""
    order = context.orders.by_code(waits[0].number)
    first, rest = clauses.besides(context.meant.text)
    if first and rest and not is_restricted(context.meant):
        both = _answer_and_more(context, order, first, rest)
        if both is not None:
            return both
    asks = context.reader.topic("resident", context.meant)
    only_asks = asks is not None and (asks.name not in QUESTIONS or len(context.meant.folded) <= BRIEF)
    if only_asks or context.meant.intent in OF_OTHER_THINGS or same_matter.is_matter_of_its_own(context, order):
        return None
    context.talk_about(order)
    return relay.moved(context, order) or further_words.add(context, order, context.meant.text)


def _answer_and_more(context: Context, order: Order, first: str, rest: str) -> str | None:
    """四楼，另外井盖丢了: the answer, and an order for the rest; None where the rest asks for nothing or the first does too."""
    more, answer = context.reader.read(rest), context.reader.read(first)
    if more.intent != "request" or more.category == UNKNOWN or is_restricted(more):
        return None
    if same_matter.is_matter_of_its_own(context.with_meaning(answer), order):
        return None
    context.talk_about(order)
    said = further_words.add(context.with_meaning(answer), order, first.strip())
    return f"{said}\n{requests.place(context.with_meaning(more))}"
