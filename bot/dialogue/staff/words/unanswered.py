"""谁没回复: how many have not answered a reminder. Its author reads the names once everybody was reminded; nobody else does."""

import re

from bot.dialogue.context import Context
from bot.dialogue.staff.broadcasts import by_hand
from bot.dialogue.staff.words import said
from bot.errors import NotFound

NUMBER = re.compile(r"\d{1,9}")


def natural(context: Context) -> str | None:
    if not said.is_about(context, "unanswered"):
        return None
    last = context.broadcasts.newest()
    named = NUMBER.search(context.meant.folded)
    names = by_hand.unanswered(context, int(named[0]) if named else last.number if last is not None else 0)
    if names is not None:
        return names
    if last is None:
        raise NotFound("work_talk.no_reminder")
    return context.say(
        "work_talk.unanswered", number=last.number, title=last.title, recipients=last.recipients, acked=last.acked,
        left=last.recipients - last.acked,
    )  # fmt: skip
