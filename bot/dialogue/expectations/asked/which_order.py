"""The answer to "which of these orders": what was said goes on with the one that is chosen."""

from bot.dialogue.choosing import choices
from bot.dialogue.choosing.naming import named_by_words, names_alone, points
from bot.dialogue.context import Context
from bot.dialogue.handlers import HANDLERS
from bot.dialogue.resident import same_matter
from bot.dialogue.staff.words import said
from bot.errors import NotUnderstood
from bot.orders.order import Order


def answer(context: Context) -> str | None:
    """The reply; None where the words are no choice. NotUnderstood for a number that was not offered."""
    question = context.session.question
    codes = question["codes"]
    number = choices.picked(context.meant.text, codes)
    typed = "".join(filter(str.isdigit, context.meant.folded))
    if number is None and typed in codes:
        number = codes.index(typed) + 1
    if number is None and context.reader.topic("resident", context.meant) is not None:
        return None  # another question, which names its order itself
    if number is None:
        listed = [context.orders.by_code(code) for code in codes]
        named = named_by_words(context, listed)
        if named is None or not _chooses(context, named, question["rest"]):
            if named is not None and points(
                context
            ):  # it says something else of that order: nothing is asked any more, and it is read anew
                context.session.settle()
            return None
        number = codes.index(named.code) + 1
    if not 1 <= number <= len(codes):
        raise NotUnderstood("which_number", number=len(codes))
    context.session.settle()
    return HANDLERS[question["command"]](context, codes[number - 1], question["rest"])


def _chooses(context: Context, order: Order, asked: str) -> bool:
    """Whether the words choose this order, not only tell of something like it (我家水龙头也坏了): they name it, may repeat what
    the question is about (`asked`), and say nothing besides."""
    if same_matter.is_matter_of_its_own(context, order):
        return False
    if order.person_id != context.me.id and said.found(context, "own") is not None:
        return False
    return names_alone(context, order, asked)
