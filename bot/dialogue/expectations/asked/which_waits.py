"""A no with a reason (去不了，孩子住院) that fits an invitation and a meeting alike: the question which of them is meant. A plain yes or
no answers what was shown last."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.dialogue.choosing import choices
from bot.dialogue.choosing.said_apart import one_by_one
from bot.dialogue.context import Context
from bot.dialogue.expectations import invitation, yes_or_no
from bot.dialogue.interface.received import Received
from bot.dialogue.member import broadcasts, invitations
from bot.errors import NotUnderstood

KIND = "which_waits"


def ask(context: Context, codes: list[str]) -> str | None:
    """The question, for these invitations and the meetings that are not answered; None where the words are no such answer."""
    topic = context.reader.topic("meeting", context.meant)
    if topic is None or topic.name != "away" or not topic.rest or invitation.answered(context) != yes_or_no.NO:
        return None
    meetings = [each for each in context.received.meetings() if broadcasts.is_open(each)]
    if not codes or not meetings:
        return None
    numbers = [each.number for each in meetings]
    context.session.ask(KIND, context.now, codes=codes, meetings=numbers, words=context.meant.text)
    lines = [context.wording.line(context.orders.by_code(code)) for code in codes]
    lines += [_meeting(context, each) for each in meetings]
    shown = "\n".join(context.say("which_line", number=number, line=line) for number, line in enumerate(lines, 1))
    return context.say("which_waits", orders=shown)


def answer(context: Context) -> str | None:
    """What was said is done with the one that is chosen, or with all. NotUnderstood for a number that was not offered."""
    question = context.session.question
    options = [*question["codes"], *question["meetings"]]
    number = choices.number(context.meant.text)
    if number is None and context.reader.matches(KIND, "all", context.meant):
        context.session.settle()
        return one_by_one(context, [partial(_do, context, option, question) for option in options])
    if number is None:
        return None
    if not 1 <= number <= len(options):
        raise NotUnderstood("which_number", number=len(options))
    context.session.settle()
    return _do(context, options[number - 1], question)


def _do(context: Context, option: str | int, question: Mapping[str, Any]) -> str:
    if isinstance(option, str):
        return invitations.decline(context, option, "")
    meeting = context.received.one(option)
    assert meeting is not None
    return broadcasts.answer(context, meeting, coming=False, reason=str(question["words"]))


def _meeting(context: Context, found: Received) -> str:
    return context.say("which_meeting", number=found.number, title=found.heading, when=found.when)
