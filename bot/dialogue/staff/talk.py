"""What staff, leaders and the discipline staff say about their work, in natural words."""

from collections.abc import Callable

from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.context import Context
from bot.dialogue.member import helping
from bot.dialogue.resident import same_matter
from bot.dialogue.staff import figures, lists, taking_down, undo
from bot.dialogue.staff.broadcasts import running, writing
from bot.dialogue.staff.words import emergencies, giving, said, status, unanswered, unclear

ROLES = frozenset({"staff", "admin", "discipline"})

TOPICS: tuple[Callable[[Context], str | None], ...] = (
    giving.drop,
    undo.natural,
    writing.natural,
    running.natural,
    emergencies.goes,
    giving.merge,
    giving.reject,
    giving.ask,
    giving.answer,
    giving.publish,
    giving.refer,
    giving.give,
    giving.urge,
    emergencies.who_goes,
    giving.helpers,
    unanswered.natural,
    figures.of_person,
    lists.natural,
    status.status,
    status.status_of,
    figures.natural,
    emergencies.outcome,
    unclear.of_another,
    taking_down.natural,  # a matter that they name
    unclear.natural,  # one question
)
"""The first topic that knows the words answers."""


def talk(context: Context) -> str | None:
    """The reply; None where the words are not about staff's work, and for everybody else."""
    if not context.me.roles & ROLES or _has_finished(context) or helping.of_staff(context):
        return None
    return next((reply for topic in TOPICS if (reply := topic(context)) is not None), None)


def beside_alarm(context: Context) -> str | None:
    """What is surely of other orders while an alarm's question is open: who gets one, where it goes, which there are; and what has
    been done about a thing that is named. None for anything that may be of the alarm."""
    if not context.session.is_alarmed or not context.me.roles & ROLES or context.meant.urgency == "U0":
        return None
    if context.reader.topic("danger", context.meant) is not None:
        return None
    return next((reply for topic in BESIDE_ALARM if (reply := topic(context)) is not None), None)


BESIDE_ALARM: tuple[Callable[[Context], str | None], ...] = (
    giving.merge, giving.ask, giving.answer, giving.publish, giving.refer, giving.give, giving.urge, giving.helpers,
    figures.of_person, lists.natural, status.status_of, figures.natural, unclear.of_another,
)  # fmt: skip


def _has_finished(context: Context) -> bool:
    """Whether the words report an order done that the speaker has in hand."""
    if not context.reader.matches("member", "finished", context.meant):
        return False
    mine = context.orders.in_hand()
    return bool(mine) and (not same_matter.names_house(context.meant) or named_by_words(context, mine) is not None)


def only_reports(context: Context) -> bool:
    """Whether staff tell with 完成 what came of their work (阀门关好，老人送医院): no matter of its own, also where there is
    nothing in hand to report."""
    command = context.meant.command
    if command is None or command.name != "finish" or not context.me.roles & ROLES or context.meant.urgency == "U0":
        return False
    return said.found(context, "outcome") is not None and said.found(context, "sealed") is None
