"""A broadcast that waits for this person's approval: yes approves it, no with a reason returns it to its author."""

import re
from collections.abc import Sequence

from bot.dialogue.context import Context
from bot.dialogue.expectations import yes_or_no
from bot.dialogue.staff import broadcast_draft
from bot.dialogue.waits import Waits
from bot.errors import NotUnderstood


def _named(context: Context, waits: Sequence[Waits]) -> str | None:
    """The number that stands in the words, of one that waits."""
    numbers = re.findall(r"\d+", context.meant.text)
    return next((each.number for each in waits if each.number in numbers), None)


def answer(context: Context, waits: Sequence[Waits]) -> str | None:
    """The reply; None where the words are neither. NotUnderstood, with their numbers, where several wait."""
    topic, said = context.reader.topic("approval", context.meant), yes_or_no.read(context)
    if topic is None and said is None:
        return None
    named = _named(context, waits)
    if len(waits) > 1 and named is None:
        raise NotUnderstood(
            "broadcast.which_waits", numbers="、".join(each.number for each in waits), first=waits[0].number
        )
    number = named or waits[0].number
    if topic is not None and topic.name == "returned":
        return broadcast_draft.reject(context, f"{number} {topic.rest}")
    if said == yes_or_no.NO:
        return broadcast_draft.reject(context, number)
    return broadcast_draft.approve(context, number)
