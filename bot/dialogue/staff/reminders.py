"""Reminders in the chat: written step by step, approved by somebody else, watched by the author."""

from bot.dialogue.context import Context
from bot.dialogue.staff import broadcast_draft


def remind(context: Context, code: str | None, rest: str) -> str:
    return _go_on(context, broadcast_draft.start(context, rest, _draft(context)))


def answer(context: Context) -> str | None:
    """The answer to the draft's question; None where no reminder is being written."""
    if context.session.asked != "broadcast" or not _draft(context):
        return None
    return _go_on(context, broadcast_draft.answer(context, context.meant.text, _draft(context)))


def _draft(context: Context) -> broadcast_draft.Draft:
    draft: broadcast_draft.Draft = context.session.data.setdefault("draft", {})
    return draft


def _go_on(context: Context, reply: str) -> str:
    if _draft(context):
        context.session.ask("broadcast", context.now)
    else:
        context.session.settle()
    return reply


def approve(context: Context, code: str | None, rest: str) -> str:
    return broadcast_draft.approve(context, code or rest)


def reject(context: Context, code: str | None, rest: str) -> str:
    return broadcast_draft.reject(context, f"{code or ''} {rest}")


def report(context: Context, code: str | None, rest: str) -> str:
    return broadcast_draft.report(context, code or rest)
