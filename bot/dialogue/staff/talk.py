"""What staff, leaders and the discipline staff say about their work, in natural words."""

from collections.abc import Callable

from bot.dialogue.context import Context
from bot.dialogue.staff import figures, lists, taking_down, undo
from bot.dialogue.staff.words import giving, unanswered, unclear

ROLES = frozenset({"staff", "admin", "discipline"})

TOPICS: tuple[Callable[[Context], str | None], ...] = (
    undo.natural,
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
    if not context.me.roles & ROLES:
        return None
    return next((reply for topic in TOPICS if (reply := topic(context)) is not None), None)
