"""Reminders in the chat: written step by step, approved by somebody else, watched by the author."""

from bot.dialogue.context import Desk
from bot.dialogue.staff import broadcast_draft


def remind(desk: Desk, code: str | None, rest: str) -> str:
    return _go_on(desk, broadcast_draft.start(desk, rest, _draft(desk)))


def answer(desk: Desk) -> str | None:
    """The answer to the draft's question; None where no reminder is being written."""
    if desk.session.asked != "broadcast" or not _draft(desk):
        return None
    return _go_on(desk, broadcast_draft.answer(desk, desk.meant.text, _draft(desk)))


def _draft(desk: Desk) -> broadcast_draft.Draft:
    draft: broadcast_draft.Draft = desk.session.data.setdefault("draft", {})
    return draft


def _go_on(desk: Desk, reply: str) -> str:
    if _draft(desk):
        desk.session.ask("broadcast", desk.now)
    else:
        desk.session.settle()
    return reply


def approve(desk: Desk, code: str | None, rest: str) -> str:
    return broadcast_draft.approve(desk, code or rest)


def reject(desk: Desk, code: str | None, rest: str) -> str:
    return broadcast_draft.reject(desk, f"{code or ''} {rest}")


def report(desk: Desk, code: str | None, rest: str) -> str:
    return broadcast_draft.report(desk, code or rest)
