"""An invitation to help: yes accepts, no declines, and a question about it is answered with what may be known before."""

from collections.abc import Sequence

from bot.dialogue.context import Context
from bot.dialogue.expectations import yes_or_no
from bot.dialogue.member import invitations
from bot.dialogue.waits import Waits

ABOUT_IT = frozenset({"when", "where", "what", "who"})


def answer(context: Context, waits: Sequence[Waits]) -> str | None:
    """The reply; None where the words are no answer to an invitation."""
    code = waits[0].number if len(waits) == 1 else None
    said = yes_or_no.read(context)
    if said == yes_or_no.YES:
        return invitations.accept(context, code, "")
    if said == yes_or_no.NO:
        return invitations.decline(context, code, context.meant.text)
    topic = context.reader.topic("member", context.meant)
    if topic is not None and topic.name in ABOUT_IT:
        return invitations.before_accepting(context, [each.number for each in waits])
    return None
