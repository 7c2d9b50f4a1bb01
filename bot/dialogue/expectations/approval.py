"""A broadcast that waits for this person's approval: yes approves it, no with a reason returns it to its author."""

import re
from collections.abc import Sequence

from bot.dialogue.context import Context
from bot.dialogue.expectations import yes_or_no
from bot.dialogue.interface.waits import Waits
from bot.dialogue.staff.broadcasts import approving
from bot.errors import NotUnderstood

RETURNED = frozenset({"returned", "faulted"})
PHONE = 5  # digits: a number that the text shall hold
SHORT = 4  # characters: more of them hold a reason


def answer(context: Context, waits: Sequence[Waits]) -> str | None:
    """The reply; None where the words are neither, and no question about it. NotUnderstood, with their numbers, where several wait, or where the words
    name one that does not."""
    topic, said = context.reader.topic("approval", context.meant), yes_or_no.read(context)
    if topic is None and said is None:
        return None
    waiting = {each.number for each in waits}
    numbers = [each for each in re.findall(r"\d+", context.meant.folded) if each in waiting or len(each) < PHONE]
    last = approving.only_one(context)
    meant = [each.number for each in waits if each.number in numbers or (not numbers and last in ("", each.number))]
    if len(meant) != 1:
        raise NotUnderstood(
            "broadcast.which_waits", numbers="、".join(each.number for each in waits), first=waits[0].number
        )
    (number,) = meant
    if topic is not None and topic.name == "asks":
        return approving.shown(context, int(number))
    if topic is not None and topic.name in RETURNED:
        whole = context.meant.text if len(context.meant.folded) > SHORT else ""
        behind = topic.rest if topic.name == "returned" else ""  # 内容太短，不同意: the reason stands before
        return approving.reject(context, None, f"{number} {behind or whole}")
    if said == yes_or_no.NO and topic is None:
        return approving.reject(context, None, number)
    return approving.approve(context, None, number)
