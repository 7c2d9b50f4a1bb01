"""A reminder that was sent: one word acknowledges it."""

from collections.abc import Sequence

from bot.dialogue.context import Context
from bot.dialogue.expectations import yes_or_no
from bot.dialogue.member import invitations
from bot.dialogue.waits import Waits


def answer(context: Context, waits: Sequence[Waits]) -> str | None:
    """The reply; None where the words acknowledge nothing. Of several reminders it is the newest."""
    said = context.reader.topic("acknowledge", context.meant)
    if context.reader.matches("invitation", "takes", context.meant):  # 接, 我去: to an invitation that is gone
        return None
    if said is not None or yes_or_no.read(context) == yes_or_no.YES or context.meant.intent == "ack":
        return invitations.acknowledge(context, waits[0].number, "")
    return None
