"""What staff, leaders and the discipline staff say about their work, in natural words."""

from collections.abc import Callable

from bot.dialogue.choose_order import named_by_words
from bot.dialogue.context import Context
from bot.dialogue.resident import requests
from bot.dialogue.staff import figures, lists, reminders, taking_down, undo
from bot.dialogue.staff.words import giving, unanswered, unclear

ROLES = frozenset({"staff", "admin", "discipline"})

TOPICS: tuple[Callable[[Context], str | None], ...] = (
    undo.natural,
    reminders.natural,
    giving.ask,
    giving.answer,
    giving.publish,
    giving.refer,
    giving.give,
    giving.urge,
    giving.helpers,
    unanswered.natural,
    figures.of_person,
    lists.natural,
    giving.status,
    figures.natural,
    taking_down.natural,  # a matter that they name
    unclear.natural,  # one question
)
"""The first topic that knows the words answers."""


def talk(context: Context) -> str | None:
    """The reply; None where the words are not about staff's work, and for everybody else."""
    if not context.me.roles & ROLES or _has_finished(context):
        return None
    return next((reply for topic in TOPICS if (reply := topic(context)) is not None), None)


def _has_finished(context: Context) -> bool:
    """Whether the words report an order done that the speaker has in hand."""
    if not context.reader.matches("member", "finished", context.meant):
        return False
    mine = context.orders.in_hand()
    return bool(mine) and (not requests.names_house(context.meant) or named_by_words(context, mine) is not None)
