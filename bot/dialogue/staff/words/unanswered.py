"""谁没回复: how many have not answered the last reminder, and how to see it; nobody is named."""

from bot.dialogue.context import Context
from bot.dialogue.staff.words import said
from bot.errors import NotFound


def natural(context: Context) -> str | None:
    if not said.is_about(context, "unanswered"):
        return None
    last = context.broadcasts.newest()
    if last is None:
        raise NotFound("work_talk.no_reminder")
    return context.say(
        "work_talk.unanswered", number=last.number, title=last.title, recipients=last.recipients, acked=last.acked,
        left=last.recipients - last.acked,
    )  # fmt: skip
