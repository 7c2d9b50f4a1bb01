"""A reminder that was sent: one word acknowledges it; a meeting asks whether one comes."""

from collections.abc import Sequence

from bot.dialogue.context import Context
from bot.dialogue.expectations import yes_or_no
from bot.dialogue.member import broadcasts
from bot.dialogue.waits import Waits


def answer(context: Context, waits: Sequence[Waits]) -> str | None:
    """The reply; None where the words answer nothing. Of several reminders it is the newest."""
    said = context.reader.topic("acknowledge", context.meant)
    answers = said is not None or yes_or_no.read(context) is not None or context.meant.intent == "ack"
    if answers or context.reader.topic("meeting", context.meant) is not None:
        meeting = broadcasts.newest_answered(context, int(waits[0].number))
        if meeting is not None:
            return meeting
    if context.reader.matches("invitation", "takes", context.meant):  # 接, 我去: to an invitation that is gone
        return None
    if said is not None or yes_or_no.read(context) == yes_or_no.YES or context.meant.intent == "ack":
        return broadcasts.acknowledge(context, waits[0].number, "")
    return None
