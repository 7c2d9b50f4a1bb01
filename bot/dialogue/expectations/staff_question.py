"""A question of staff about the resident's order: what is said next answers it, also days later."""

from collections.abc import Sequence

from bot.dialogue.context import Context
from bot.dialogue.resident import requests
from bot.dialogue.waits import Waits

OF_OTHER_THINGS = frozenset({"help", "human", "privacy", "withdraw", "spam", "thanks", "greeting"})

QUESTIONS = frozenset({"when", "who", "cost", "far"})
BRIEF = 10
"""Characters: a question in more words may hold the answer too, which must not be lost."""


def answer(context: Context, waits: Sequence[Waits]) -> str | None:
    """The reply; None where the words are clearly about something else."""
    order = context.orders.by_code(waits[0].number)
    asks = context.reader.topic("resident", context.meant)
    only_asks = asks is not None and (asks.name not in QUESTIONS or len(context.meant.folded) <= BRIEF)
    if only_asks or context.meant.intent in OF_OTHER_THINGS or requests.is_matter_of_its_own(context, order):
        return None
    context.talk_about(order)
    return requests.add(context, order, context.meant.text)
