"""The answer to "which of these three": whom an order is given to."""

from bot.dialogue.choosing import choices
from bot.dialogue.context import Context
from bot.dialogue.staff import dispatch


def answer(context: Context) -> str | None:
    """The reply; None where the words are no choice."""
    number = choices.picked(context.meant.text, [name for _, name, *_ in context.session.question["people"]])
    return dispatch.choose_by_number(context, number) if number is not None else dispatch.choose_by_name(context)
