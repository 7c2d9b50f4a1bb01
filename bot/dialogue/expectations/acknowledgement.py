"""A reminder that was sent: one word acknowledges it; a meeting asks whether one comes."""

from collections.abc import Sequence

from bot.dialogue.context import Context
from bot.dialogue.expectations import yes_or_no
from bot.dialogue.interface.waits import Waits
from bot.dialogue.member import broadcasts


def answer(context: Context, waits: Sequence[Waits]) -> str | None:
    """The reply; None where the words answer nothing. Of several reminders it is the newest. What means that it was read counts
    at any time; a bare yes (好的, 是, 嗯) acknowledges only where nothing was said since it was shown."""
    if context.reader.matches("acknowledge_not", "missing", context.meant):  # 没看到啊: here it is
        return broadcasts.whole(context, int(waits[0].number))
    if context.reader.matches("acknowledge_not", "other", context.meant):
        return None
    has_read, bare = _has_read(context), _bare(context)
    answers = has_read or bare is not None
    if answers or context.reader.topic("meeting", context.meant) is not None:
        meeting = broadcasts.newest_answered(context, int(waits[0].number))
        if meeting is not None:
            return meeting
    if context.reader.matches("invitation", "takes", context.meant):  # 接, 我去: to an invitation that is gone
        return None
    if has_read or (bare == yes_or_no.YES and not context.received.has_spoken_since(waits[0].at)):
        return broadcasts.acknowledge(context, waits[0].number, "")
    return None


def _has_read(context: Context) -> bool:
    """Whether the words say so, also where one is mistyped (收倒)."""
    said = context.reader.topic("acknowledge", context.meant)
    return (said is not None and said.name != A_NUMBER) or context.reader.is_mistyped("ack", context.meant)


def _bare(context: Context) -> str | None:
    """A bare yes or no. 1, as it is typed below a notice in a group, is such a yes: it may be the answer to another question."""
    if context.meant.intent == "ack" or context.reader.matches("acknowledge", A_NUMBER, context.meant):
        return yes_or_no.YES
    return yes_or_no.read(context)


A_NUMBER = "one"
