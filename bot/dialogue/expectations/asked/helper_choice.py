"""The answer to "which of these three": whom an order is given to."""

from bot.dialogue.choosing import choices
from bot.dialogue.context import Context
from bot.dialogue.staff import dispatch
from bot.dialogue.staff.words import said


def answer(context: Context) -> str | None:
    """The reply; None where the words are no choice."""
    if said.found(context, "others") is not None:
        return dispatch.no_others(context)
    number = choices.picked(context.meant.text, [name for _, name, *_ in context.session.question["people"]])
    return dispatch.choose_by_number(context, number) if number is not None else dispatch.choose_by_name(context)
