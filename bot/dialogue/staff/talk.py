"""What staff, leaders and the discipline staff say about their work, in natural words."""

from collections.abc import Callable

from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.context import Context
from bot.dialogue.member import helping
from bot.dialogue.resident import same_matter
from bot.dialogue.staff import figures, lists, restricted, taking_down, undo
from bot.dialogue.staff.broadcasts import running, writing
from bot.dialogue.staff.words import by_code, emergencies, giving, loosely, said, status, to_helper, unanswered, unclear

ROLES = frozenset({"staff", "admin", "discipline"})

TOPICS: tuple[Callable[[Context], str | None], ...] = (
    giving.drop,
    undo.natural,
    writing.natural,
    running.natural,
    emergencies.goes,
    restricted.natural,
    by_code.do,
    lists.show_me,
    by_code.merge_both,
    giving.merge,
    giving.reject,
    giving.ask,
    giving.answer,
    to_helper.tell,
    giving.tell,
    giving.publish,
    giving.refer,
    giving.give,
    giving.give_again,
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
    loosely.natural,
    taking_down.natural,  # a matter that they name
    unclear.natural,  # one question
)
"""The first topic that knows the words answers."""


def talk(context: Context) -> str | None:
    """The reply; None where the words are not about staff's work, and for everybody else."""
    if not context.me.roles & ROLES or _has_finished(context) or helping.of_staff(context):
        return None
    return next((reply for topic in TOPICS if (reply := topic(context)) is not None), None)


BESIDE_ALARM: tuple[Callable[[Context], str | None], ...] = (
    giving.drop, undo.natural, writing.natural, running.natural, restricted.natural, by_code.do, lists.show_me,
    by_code.merge_both, giving.merge, giving.reject, giving.ask, giving.answer, to_helper.tell, giving.tell,
    giving.publish, giving.refer, giving.give, giving.give_again, giving.urge, giving.helpers, unanswered.natural, figures.of_person,
    lists.natural, status.status_of, figures.natural,
)  # fmt: skip
"""Topics that are never of an alarm that the speaker has told of: who goes there and what came of it may be."""


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
