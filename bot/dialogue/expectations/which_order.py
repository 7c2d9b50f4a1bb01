"""The answer to "which of these orders": what was said goes on with the one that is chosen."""

from bot.dialogue import choices
from bot.dialogue.context import Context
from bot.dialogue.handlers import HANDLERS
from bot.errors import NotUnderstood


def answer(context: Context) -> str | None:
    """The reply; None where the words are no choice. NotUnderstood for a number that was not offered."""
    question = context.session.question
    codes = question["codes"]
    number = choices.picked(context.meant.text, codes)
    if number is None:
        return None
    if not 1 <= number <= len(codes):
        raise NotUnderstood("which_number", number=len(codes))
    context.session.settle()
    return HANDLERS[question["command"]](context, codes[number - 1], question["rest"])
